package io.siyu.mall.local.start;

import io.siyu.mall.local.Layout;
import io.siyu.mall.local.build.Builds;
import io.siyu.mall.local.process.Launch;
import io.siyu.mall.local.process.Trees;
import io.siyu.mall.local.topology.Component;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Copies of built programs. What runs is a copy, because a Java program reads its jars while it
 * runs and a rebuild would pull them away from under it.
 */
final class Apps {

  private static final int BLOCK = 1 << 18;

  private final Layout layout;

  Apps(Layout layout) {
    this.layout = layout;
  }

  /** The jar to run, copied to a directory named after what was built. */
  Path runnable(Component component) {
    Path artifact = Builds.artifact(layout.root(), component.module());
    Path from = component.isQuarkus() ? artifact.getParent() : artifact;
    try {
      Path directory = layout.apps().resolve(component.name()).resolve(digest(from));
      if (!Files.isDirectory(directory)) {
        copy(from, directory);
      }
      return directory.resolve(artifact.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the copies of earlier builds; the component must not run from one of them. */
  void forgetOthers(Component component, Path runnable) {
    try (Stream<Path> copies = Files.list(layout.apps().resolve(component.name()))) {
      for (Path copy : copies.toList()) {
        if (!runnable.startsWith(copy)) {
          Trees.delete(copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path directory) throws IOException {
    Path part = directory.resolveSibling(directory.getFileName() + ".part");
    Trees.delete(part);
    Files.createDirectories(part);
    if (Files.isDirectory(from)) {
      Trees.copy(from, part);
    } else {
      Files.copy(from, part.resolve(from.getFileName()));
    }
    Files.move(part, directory);
  }

  /** By content, because Maven writes the same jar anew when it builds something else. */
  private static String digest(Path built) throws IOException {
    try (Stream<Path> files = Files.walk(built)) {
      List<String> rows = files.filter(Files::isRegularFile).sorted().map(Apps::row).toList();
      return Launch.digest(String.join("\n", rows)).substring(0, 16);
    }
  }

  private static String row(Path file) {
    CRC32C checksum = new CRC32C();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read > 0; read = in.read(block)) {
        checksum.update(block, 0, read);
      }
      return file + "|" + Files.size(file) + "|" + checksum.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
