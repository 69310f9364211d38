package io.siyu.mall.local.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs work while holding a file lock, waiting for other processes and threads that hold it. */
public final class FileLocked {

  private static final Map<Path, Object> IN_THIS_JVM = new ConcurrentHashMap<>();

  private FileLocked() {}

  /** Work that may fail with an {@link IOException}. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work. */
    T run() throws IOException;
  }

  /** Runs the work when nobody else holds the lock on the file; creates the file if need be. */
  public static <T> T run(Path file, Work<T> work) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Files.createDirectories(absolute.getParent());
    // A file lock is held by a whole JVM; threads of one JVM need a lock of their own.
    synchronized (IN_THIS_JVM.computeIfAbsent(absolute, path -> new Object())) {
      try (FileChannel channel =
              FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        return held.isValid() ? work.run() : null;
      }
    }
  }
}
