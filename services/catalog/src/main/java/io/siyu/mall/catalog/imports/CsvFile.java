package io.siyu.mall.catalog.imports;

import io.siyu.mall.text.Excerpt;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CSV file with a header, as spreadsheets write it: UTF-8 with or without a byte order mark or
 * GB18030, any line end, cells separated by commas, semicolons or tabs as the header's are. Only
 * one row is in memory at a time.
 */
final class CsvFile implements AutoCloseable {

  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final int MAX_UNUSED = 20;

  private final CsvReader reader;
  private final FileCharset charset;
  private final Map<Column, Integer> columns = new EnumMap<>(Column.class);
  private final List<String> unused = new ArrayList<>();
  private int width;

  private CsvFile(CsvReader reader, FileCharset charset) {
    this.reader = reader;
    this.charset = charset;
  }

  /**
   * Opens the file and reads its header.
   *
   * @throws FileUnusable when there is no header, or it lacks a column
   */
  static CsvFile open(Path path) throws IOException {
    FileCharset charset = FileCharset.of(path);
    CsvReader reader = CsvReader.open(path);
    try {
      CsvFile file = new CsvFile(reader, charset);
      file.readHeader();
      return file;
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The next row that holds anything, or null after the last. */
  Row next() throws IOException {
    CsvRecord record = reader.next();
    while (record != null && !record.isBroken() && record.isBlankFrom(0)) {
      record = reader.next();
    }
    return record == null ? null : new Row(record);
  }

  /** The row that begins there, as {@link #next} gave it before. */
  Row at(long offset, long line) throws IOException {
    reader.seek(offset, line);
    return next();
  }

  /** The columns that the file speaks of; of the others it says nothing. */
  Set<Column> columns() {
    return columns.keySet();
  }

  /** The first names of columns that nobody reads. */
  List<String> unusedColumns() {
    return unused;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private void readHeader() throws IOException {
    CsvRecord header = null;
    for (char separator : SEPARATORS) {
      reader.separateBy(separator);
      reader.seek(charset.start(), 1);
      header = reader.next();
      if (header != null && header.cells() > 1) {
        break;
      }
    }
    if (header == null) {
      throw new FileUnusable("文件是空的，第一行必须是列名。");
    }
    for (int i = 0; i < Math.min(header.cells(), CsvReader.MAX_CELLS); i++) {
      name(i, header);
    }
    List<String> missing =
        Arrays.stream(Column.values())
            .filter(column -> column.required() && !columns.containsKey(column))
            .map(Column::columnName)
            .toList();
    if (!missing.isEmpty()) {
      throw new FileUnusable("第 1 行缺少列：" + String.join("、", missing) + "。");
    }
  }

  private void name(int cell, CsvRecord header) {
    String name = headerText(cell, header);
    if (name.isEmpty()) {
      return;
    }
    width = cell + 1;
    Column column = Column.named(name);
    if (column == null) {
      if (unused.size() < MAX_UNUSED) {
        unused.add(Excerpt.of(name));
      }
    } else if (columns.putIfAbsent(column, cell) != null) {
      throw new FileUnusable("第 1 行的列名“" + column.columnName() + "”出现了两次。");
    }
  }

  private String headerText(int cell, CsvRecord header) {
    try {
      return CellText.trimmed(header.text(cell, charset.charset()));
    } catch (CharacterCodingException e) {
      throw new FileUnusable("第 1 行有无法识别的字符，请另存为“CSV UTF-8（逗号分隔）”后重新上传。");
    }
  }

  /** One row of the file. */
  final class Row {
    private final CsvRecord record;

    Row(CsvRecord record) {
      this.record = record;
    }

    /** Where it begins; the header is line 1. */
    long line() {
      return record.line();
    }

    /** Where it begins, in bytes. */
    long offset() {
      return record.offset();
    }

    /**
     * Looks whether it can be read at all.
     *
     * @throws RowRefused when its quotes do not pair, or it has not the header's number of cells;
     *     empty cells at its end may be more
     */
    void check() {
      if (record.isBroken()) {
        throw refused("", RowError.BAD_QUOTES, "引号没有成对，这一行无法读取。");
      }
      if (record.cutCell() >= 0) {
        throw refused(nameOf(record.cutCell()), RowError.VALUE_TOO_LONG, "这一行的内容过长，无法读取。");
      }
      if (record.cells() < width || !record.isBlankFrom(width)) {
        throw refused(
            "",
            RowError.WRONG_NUMBER_OF_COLUMNS,
            "这一行有 " + record.cells() + " 列，应有 " + width + " 列。");
      }
    }

    /**
     * The value without surrounding space; empty when the file has no such column.
     *
     * @throws RowRefused when it is longer than the column's cells can be, or cannot be text
     */
    String value(Column column) {
      Integer cell = columns.get(column);
      if (cell == null) {
        return "";
      }
      String text = record.size(cell) > 4 * column.maxCharacters() ? null : text(column, cell);
      if (text == null || text.length() > column.maxCharacters()) {
        throw refused(
            column.columnName(),
            RowError.VALUE_TOO_LONG,
            "内容过长，最多 " + column.maxCharacters() + " 个字符。");
      }
      if (!CellText.isPossible(text)) {
        throw refused(column.columnName(), RowError.BAD_CHARACTER, RowError.BAD_CHARACTER_SAID);
      }
      return text;
    }

    /** How many bytes it holds. */
    int size() {
      return record.bytes().length;
    }

    private String text(Column column, int cell) {
      try {
        return CellText.trimmed(record.text(cell, charset.charset()));
      } catch (CharacterCodingException e) {
        throw refused(
            column.columnName(),
            RowError.BAD_ENCODING,
            "有字符不是 " + charset.charset().name() + " 编码，请另存为“CSV UTF-8（逗号分隔）”后重新上传。");
      }
    }

    private String nameOf(int cell) {
      return columns.entrySet().stream()
          .filter(e -> e.getValue() == cell)
          .map(e -> e.getKey().columnName())
          .findFirst()
          .orElse("");
    }

    private RowRefused refused(String column, String reason, String message) {
      return new RowRefused(record.line(), column, reason, message);
    }
  }
}
