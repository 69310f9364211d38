package io.siyu.mall.catalog.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.catalog.product.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowReaderTest {

  private static final List<String> HOSTILE =
      List.of(
          "",
          "[null]",
          "null",
          "{}",
          "[]",
          "[[]]",
          "[[\"颜色\"]]",
          "[[\"颜色\",null]]",
          "[[\"颜色\",\"米白\",\"三\"]]",
          "{\"颜色\":null}",
          "{\"颜色\":{\"a\":1}}",
          "{\"颜色\":1E400}",
          "{\"颜色\":\"\\ud800\"}",
          "{\"颜色\":\"\\u0000\"}",
          "[[\"a\",\"b\"]] tail",
          "[".repeat(20_000),
          "{\"a\":".repeat(9_000),
          "1E5000000",
          "1E+2",
          "-0",
          "9".repeat(5_000),
          "０.０１",
          "１９．９",
          "1e-3",
          "NaN",
          "6.90123E+12",
          "\u0000",
          "\uFDFA".repeat(3_000),
          "\u202Eabc",
          "\uFEFF\u200B",
          "<p>&#xD800;</p>",
          "<p>&#0;</p>",
          "<b>".repeat(40_000),
          "<svg/onload=alert(1)>",
          "=cmd|' /C calc'!A0",
          "很".repeat(600),
          "a/".repeat(400),
          "////");

  /** Whatever the cells hold, the row is taken or its error names it, its column and a reason. */
  @Property(tries = 2_000)
  void everyRowIsTakenOrRefused(@ForAll("rows") Map<Column, String> cells) throws IOException {
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          try {
            ImportRow row = read(cells);
            String kept =
                row.content().title()
                    + JsonText.ofValues(row.sku().specs())
                    + JsonText.ofValues(row.content().attributes())
                    + row.content().detailHtml();
            assertTrue(CellText.isPossible(kept), kept);
            assertEquals(
                kept, new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
          } catch (RowRefused refused) {
            RowError error = refused.error();
            assertEquals(2, error.line());
            assertTrue(error.message().length() <= RowError.MAX_MESSAGE);
            assertTrue(error.message().endsWith("。") || error.message().endsWith("…"));
            assertTrue(error.reason().matches("[A-Z_]+"));
          }
        });
  }

  @Provide
  Arbitrary<Map<Column, String>> rows() {
    Arbitrary<String> cell =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.of(HOSTILE)),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().all().ofMaxLength(60)),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.strings().withChars("[]{}\":,.0123eE+-nul").ofMaxLength(40)));
    return Arbitraries.maps(Arbitraries.of(Column.class), cell)
        .ofMaxSize(4)
        .map(
            wrong -> {
              Map<Column, String> row = good();
              row.putAll(wrong);
              return row;
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SPEC | [null] | BAD_JSON",
        "ATTRIBUTES | [null] | BAD_JSON",
        "SPEC | {\"颜色\":null} | BAD_JSON",
        "SPEC | {\"颜色\":{\"a\":1}} | BAD_JSON",
        "SPEC | {\"颜色\":\"红\",\"颜色\":\"蓝\"} | INVALID_VALUE",
        "SPEC | {\"颜色\":\"\\ud800\"} | BAD_CHARACTER",
        "GALLERY | [null] | BAD_JSON",
        "GALLERY | [1] | BAD_JSON",
        "PRICE_YUAN | 1E5000000 | BAD_PRICE",
        "PRICE_YUAN | 1E+2 | BAD_PRICE",
        "PRICE_YUAN | 0.00 | BAD_PRICE",
        "PRICE_YUAN | 0x10 | BAD_PRICE",
        "PRICE_YUAN | 10² | BAD_PRICE",
        "PRICE_YUAN | 1.999 | BAD_PRICE",
        "STOCK | 1E2 | BAD_NUMBER",
        "STOCK | -1 | BAD_NUMBER",
        "STOCK | 99999999999999999999 | BAD_NUMBER",
        "AFTER_SALE_DAYS | 4294967303 | BAD_NUMBER",
        "AFTER_SALE_DAYS | 366 | INVALID_VALUE",
        "SKU_NO | 6.90123E+12 | SCIENTIFIC_NUMBER",
        "PRODUCT_NO | 6E+12 | SCIENTIFIC_NUMBER",
      })
  void whatIsWrongIsSaidOfItsColumn(Column column, String cell, String reason) {
    Map<Column, String> row = good();
    row.put(column, cell);
    RowError error = assertThrows(RowRefused.class, () -> read(row)).error();
    assertEquals(reason, error.reason());
    assertEquals(column.columnName(), error.column());
  }

  @Test
  void numbersInSpecsStayAsTheyAreWritten() throws IOException {
    Map<Column, String> row = good();
    row.put(Column.SPEC, "{\"尺码\": 90.50, \"大\": 12345678901234567890123}");
    assertEquals(
        "[[\"尺码\",\"90.50\"],[\"大\",\"12345678901234567890123\"]]",
        JsonText.ofValues(read(row).sku().specs()));
  }

  @Test
  void codesThatAreNoSpoiltNumbersAreTaken() throws IOException {
    Map<Column, String> row = good();
    row.put(Column.SKU_NO, "12E5");
    assertEquals("12E5", read(row).sku().skuNo());
  }

  private static Map<Column, String> good() {
    Map<Column, String> row = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      row.put(column, "");
    }
    row.put(Column.PRODUCT_NO, "P1");
    row.put(Column.TITLE, "羊毛被");
    row.put(Column.CATEGORY, "居家/被枕");
    row.put(Column.SKU_NO, "S1");
    row.put(Column.PRICE_YUAN, "9.90");
    return row;
  }

  private static ImportRow read(Map<Column, String> cells) throws IOException {
    String header =
        cells.keySet().stream().map(Column::columnName).collect(Collectors.joining(","));
    String row =
        cells.values().stream()
            .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(","));
    Path file = Files.createTempFile("row", ".csv");
    try {
      Files.write(file, (header + "\n" + row + "\n").getBytes(StandardCharsets.UTF_8));
      try (CsvFile csv = CsvFile.open(file)) {
        return RowReader.read(csv.next());
      }
    } finally {
      Files.delete(file);
    }
  }
}
