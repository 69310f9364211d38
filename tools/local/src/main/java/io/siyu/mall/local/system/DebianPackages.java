package io.siyu.mall.local.system;

import io.siyu.mall.local.LocalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the programs need from the operating system, installed where that is allowed. */
public final class DebianPackages {

  private static final Map<String, String> PACKAGE_OF_LIBRARY =
      Map.ofEntries(
          Map.entry("libcrypt.so.1", "libcrypt1"),
          Map.entry("libsystemd.so.0", "libsystemd0"),
          Map.entry("libstdc++.so.6", "libstdc++6"),
          Map.entry("libgcc_s.so.1", "libgcc-s1"),
          Map.entry("libcap.so.2", "libcap2"),
          Map.entry("libgcrypt.so.20", "libgcrypt20"),
          Map.entry("liblzma.so.5", "liblzma5"),
          Map.entry("libzstd.so.1", "libzstd1"),
          Map.entry("liblz4.so.1", "liblz4-1"),
          Map.entry("libgpg-error.so.0", "libgpg-error0"));

  private static final Map<String, String> PACKAGE_OF_PROGRAM =
      Map.of("setsid", "util-linux", "tar", "tar", "ldd", "libc-bin");

  private DebianPackages() {}

  /**
   * Makes sure that programs of the operating system and the shared libraries of a binary are
   * there.
   *
   * @param binary a program that was not installed by the system's packages
   * @throws LocalException naming the packages if they are missing and cannot be installed
   */
  public static void ensureFor(Path binary) {
    TreeSet<String> missing = new TreeSet<>();
    PACKAGE_OF_PROGRAM.forEach(
        (program, inPackage) -> {
          if (!onPath(program)) {
            missing.add(inPackage);
          }
        });
    install(missing);
    install(packagesOf(run(List.of("ldd", binary.toString())).lines().toList()));
  }

  /** The packages of the libraries that a listing by {@code ldd} says are not found. */
  static Collection<String> packagesOf(List<String> listing) {
    TreeSet<String> packages = new TreeSet<>();
    for (String line : listing) {
      if (line.contains("not found")) {
        String library = line.trim().split("\\s")[0];
        packages.add(PACKAGE_OF_LIBRARY.getOrDefault(library, library));
      }
    }
    return packages;
  }

  private static void install(Collection<String> packages) {
    if (packages.isEmpty()) {
      return;
    }
    String names = String.join(" ", packages);
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!root || !onPath("apt-get")) {
      throw new LocalException(
          "These packages of the system are missing; install them: apt-get install " + names);
    }
    run(List.of("apt-get", "update"));
    List<String> command = new ArrayList<>(List.of("apt-get", "install", "-y", "-q"));
    command.add("--no-install-recommends");
    command.addAll(packages);
    String output = run(command);
    if (output.contains("E: ")) {
      throw new LocalException("apt-get install " + names + " failed:\n" + output);
    }
  }

  private static boolean onPath(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  private static String run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted.", interrupted);
    }
  }
}
