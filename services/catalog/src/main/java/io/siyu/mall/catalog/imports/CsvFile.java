package io.siyu.mall.catalog.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file, read row by row: UTF-8 with or without a byte order mark, any line end, quotes as
 * spreadsheets write them. Only one row is in memory at a time.
 */
final class CsvFile implements AutoCloseable {

  static final List<String> REQUIRED =
      List.of("product_no", "title", "category", "sku_no", "price_yuan");

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrailingData(true).get();
  private static final int[] BOM = {0xef, 0xbb, 0xbf};

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final Map<String, Integer> columns = new LinkedHashMap<>();

  private CsvFile(CSVParser parser) {
    this.parser = parser;
    this.records = parser.iterator();
  }

  /**
   * Opens the file and reads its header.
   *
   * @throws FileUnusable when there is no header, or it lacks a column
   */
  static CsvFile open(Path path) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
    try {
      skipByteOrderMark(bytes);
      Reader text =
          new InputStreamReader(
              bytes,
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      CsvFile file = new CsvFile(CSVParser.parse(text, FORMAT));
      file.readHeader();
      return file;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * The next row, or null after the last.
   *
   * @throws FileUnusable when the rest cannot be read: not UTF-8, or a quote that is never closed
   */
  Row next() {
    long line = parser.getCurrentLineNumber() + 1;
    try {
      return records.hasNext() ? new Row(line, records.next()) : null;
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new FileUnusable(sentence(e.getCause(), line));
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private void readHeader() {
    Row header = next();
    if (header == null) {
      throw new FileUnusable("文件是空的，第一行必须是列名。");
    }
    for (int i = 0; i < header.values.size(); i++) {
      String name = header.values.get(i).strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && columns.putIfAbsent(name, i) != null) {
        throw new FileUnusable("第 1 行的列名“" + name + "”出现了两次。");
      }
    }
    List<String> missing = REQUIRED.stream().filter(name -> !columns.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new FileUnusable("第 1 行缺少列：" + String.join("、", missing) + "。");
    }
  }

  private static String sentence(Throwable cause, long line) {
    if (cause instanceof CharacterCodingException) {
      return "从第 " + line + " 行起不是 UTF-8 编码，请另存为“CSV UTF-8”后重新上传。";
    }
    if (cause instanceof CSVException) {
      return "从第 " + line + " 行起无法读取，通常是引号没有成对。";
    }
    return "从第 " + line + " 行起无法读取。";
  }

  private static void skipByteOrderMark(InputStream bytes) throws IOException {
    bytes.mark(BOM.length);
    for (int expected : BOM) {
      if (bytes.read() != expected) {
        bytes.reset();
        return;
      }
    }
  }

  /** One row of the file. */
  final class Row {
    private final long line;
    private final List<String> values;

    Row(long line, CSVRecord record) {
      this.line = line;
      this.values = record.toList();
    }

    /** Where it begins; the header is line 1. */
    long line() {
      return line;
    }

    /** How many values it has. */
    int size() {
      return values.size();
    }

    /** How many values it should have. */
    int expectedSize() {
      return (int) columns.values().stream().mapToInt(i -> i + 1).max().orElse(0);
    }

    /** The value without surrounding space; empty when the file has no such column. */
    String value(String column) {
      Integer index = columns.get(column);
      return index == null ? "" : values.get(index).strip();
    }

    /** How many characters it holds. */
    int length() {
      return values.stream().mapToInt(String::length).sum();
    }
  }
}
