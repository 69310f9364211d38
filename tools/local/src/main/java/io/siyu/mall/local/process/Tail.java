package io.siyu.mall.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The end of a log file. */
public final class Tail {

  private static final int BYTES_PER_LINE = 400;
  private static final int SEARCHED = 300;

  private Tail() {}

  /**
   * Why a program says it ended: the innermost cause of the last stack trace in its log, else its
   * last error, else its last lines.
   *
   * @param lines at most this many
   */
  public static String cause(Path file, int lines) {
    List<String> end = of(file, SEARCHED).lines().toList();
    return last(end, line -> line.startsWith("Caused by: "))
        .or(() -> last(end, line -> line.contains(" ERROR ")))
        .orElseGet(() -> of(file, lines));
  }

  private static Optional<String> last(List<String> lines, Predicate<String> wanted) {
    return lines.stream().filter(wanted).reduce((before, after) -> after);
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
