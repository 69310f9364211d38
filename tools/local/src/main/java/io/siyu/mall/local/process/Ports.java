package io.siyu.mall.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** TCP ports of this machine: which are free, and who holds one that is not. */
public final class Ports {

  private static final String LISTENING = "0A";

  private Ports() {}

  /** A port that was free a moment ago. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True if a server could listen on the port now, on the loopback address and on all. */
  public static boolean isFree(int port) {
    return canBind(new InetSocketAddress(port))
        && canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** The process that listens on a port, empty if none does or it is another user's. */
  public static OptionalLong holder(int port) {
    Optional<String> inode =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(table -> listeningInode(Path.of(table), port).stream())
            .findFirst();
    if (inode.isEmpty()) {
      return OptionalLong.empty();
    }
    String link = "socket:[" + inode.get() + "]";
    return Os.pids().stream()
        .filter(pid -> holdsFile(pid, link))
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private static boolean canBind(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }

  private static Optional<String> listeningInode(Path table, int port) {
    String suffix = String.format(":%04X", port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> List.of(line.trim().split("\\s+")))
          .filter(row -> row.size() > 9 && row.get(1).endsWith(suffix))
          .filter(row -> LISTENING.equals(row.get(3)))
          .map(row -> row.get(9))
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean holdsFile(long pid, String link) {
    Path directory = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (isLinkTo(file, link)) {
          return true;
        }
      }
    } catch (IOException notOurs) {
      return false;
    }
    return false;
  }

  private static boolean isLinkTo(Path file, String link) {
    try {
      return link.equals(Files.readSymbolicLink(file).toString());
    } catch (IOException closed) {
      return false;
    }
  }
}
