package io.siyu.mall.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the root pom says, carried into this program at its build. */
public final class Versions {

  private Versions() {}

  /** Version of Keycloak. */
  public static String keycloak() {
    try (InputStream in = Versions.class.getResourceAsStream("/mall-local-versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions.getProperty("keycloak");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
