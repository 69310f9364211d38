package io.siyu.mall.gateway.admin;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The file from which all services read how far business time is ahead. Written whole, by renaming.
 */
@Singleton
@IfBuildProfile("local")
class ClockFile {

  private final Path path;

  ClockFile(@ConfigProperty(name = "mall.clock.file") Path path) {
    this.path = path.toAbsolutePath();
  }

  /** The offset; zero when nobody moved the clock yet. */
  synchronized Duration offset() {
    try {
      String text = Files.readString(path).trim();
      return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
    } catch (NoSuchFileException e) {
      return Duration.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException("the clock file cannot be read", e);
    }
  }

  /** Moves the clock on and gives the new offset. */
  synchronized Duration advance(Duration step) {
    Duration moved = offset().plus(step);
    try {
      Files.createDirectories(path.getParent());
      Path written = Files.createTempFile(path.getParent(), "clock", ".tmp");
      Files.writeString(written, moved.toString());
      Files.move(
          written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return moved;
    } catch (IOException e) {
      throw new UncheckedIOException("the clock file cannot be written", e);
    }
  }
}
