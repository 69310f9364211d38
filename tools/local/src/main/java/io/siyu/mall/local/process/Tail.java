package io.siyu.mall.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file. */
public final class Tail {

  private static final int BYTES_PER_LINE = 400;
  private static final int SEARCHED = 300;

  private Tail() {}

  /**
   * Why a program says it ended: the innermost cause of the last stack trace in its log, or the
   * last lines if there is none.
   *
   * @param lines at most this many
   */
  public static String cause(Path file, int lines) {
    List<String> causes =
        of(file, SEARCHED)
            .lines()
            .filter(line -> line.startsWith("Caused by: "))
            .map(line -> line.substring("Caused by: ".length()))
            .toList();
    return causes.isEmpty() ? of(file, lines) : causes.get(causes.size() - 1);
  }

  /**
   * The last lines of a file, empty if it cannot be read.
   *
   * @param lines at most this many
   */
  public static String of(Path file, int lines) {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, log.length() - (long) lines * BYTES_PER_LINE);
      byte[] end = new byte[(int) (log.length() - from)];
      log.seek(from);
      log.readFully(end);
      List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException unreadable) {
      return "";
    }
  }
}
