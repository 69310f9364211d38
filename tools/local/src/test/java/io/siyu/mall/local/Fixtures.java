package io.siyu.mall.local;

import java.nio.file.Path;

/** Places that tests share. */
public final class Fixtures {

  private Fixtures() {}

  /** Root of the checkout. */
  public static Path root() {
    return Path.of(System.getProperty("mall.root", "../..")).toAbsolutePath().normalize();
  }

  /** The cache of unpacked programs, shared with the platform so that it is filled once. */
  public static Path cache() {
    return root().resolve(".mall/cache");
  }
}
