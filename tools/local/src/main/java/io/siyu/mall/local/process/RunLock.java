package io.siyu.mall.local.process;

import io.siyu.mall.local.LocalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two commands from changing one platform at once. The kernel frees the lock when its holder
 * ends in whatever way, so a killed command leaves none behind.
 */
public final class RunLock implements AutoCloseable {

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock at once or not at all.
   *
   * @param command what is told to others that come while it is held, e.g. {@code up}
   * @throws LocalException naming the holder
   */
  public static RunLock take(Path file, String command) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new LocalException("Another ./mall " + holder(file) + " is running; let it finish.");
      }
      channel.truncate(0);
      String holder = command + " (pid " + ProcessHandle.current().pid() + ")";
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      return new RunLock(channel);
    } catch (IOException e) {
      throw new LocalException("Cannot lock " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldInThisJvm) {
      return false;
    }
  }

  private static String holder(Path file) throws IOException {
    String holder = Files.readString(file).trim();
    return holder.isEmpty() ? "command" : holder;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LocalException("Cannot unlock: " + e.getMessage(), e);
    }
  }
}
