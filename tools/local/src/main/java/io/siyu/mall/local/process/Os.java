package io.siyu.mall.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the kernel tells about processes, read from {@code /proc}. */
public final class Os {

  private static final Path PROC = Path.of("/proc");

  private Os() {}

  /** Ids of all processes that this user may look into. */
  public static List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        pids.add(Long.parseLong(entry.getFileName().toString()));
      }
    } catch (IOException unreadable) {
      return pids;
    }
    return pids;
  }

  /** True while the process exists and is not a zombie. */
  public static boolean alive(long pid) {
    return state(pid) != 'Z' && state(pid) != '-';
  }

  /** One variable of a process's environment, empty if unset or not ours to read. */
  public static Optional<String> environment(long pid, String variable) {
    String prefix = variable + "=";
    for (String entry : strings(pid, "environ")) {
      if (entry.startsWith(prefix)) {
        return Optional.of(entry.substring(prefix.length()));
      }
    }
    return Optional.empty();
  }

  /** The arguments a process was started with; empty if it is gone. */
  public static List<String> commandLine(long pid) {
    return strings(pid, "cmdline");
  }

  /** The short name of a process, {@code "?"} if it is gone. */
  public static String name(long pid) {
    try {
      return Files.readString(PROC.resolve(pid + "/comm")).trim();
    } catch (IOException gone) {
      return "?";
    }
  }

  /** Resident memory of a process in MiB, 0 if it is gone. */
  public static long residentMiB(long pid) {
    try {
      for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException | NumberFormatException gone) {
      return 0;
    }
    return 0;
  }

  /** The id of the parent process, 0 if unknown. */
  public static long parent(long pid) {
    return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid).orElse(0L);
  }

  private static char state(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException | IndexOutOfBoundsException gone) {
      return '-';
    }
  }

  private static List<String> strings(long pid, String file) {
    try {
      String text =
          new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), StandardCharsets.UTF_8);
      return text.isEmpty() ? List.of() : List.of(text.split("\0"));
    } catch (IOException gone) {
      return List.of();
    }
  }
}
