package io.siyu.mall.catalog.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

  private static final String HEADER = "product_no,title,category,sku_no,price_yuan";
  private static final Charset GBK = Charset.forName("GBK");

  @TempDir Path folder;

  @Test
  void anyLineEndIsOne() throws IOException {
    assertEquals(
        List.of("2 羊", "3 毛", "4 被\n子", "6 毯"),
        rows(HEADER + "\r\n1,羊,c,s,1\r2,毛,c,s,1\n3,\"被\n子\",c,s,1\r\n4,毯,c,s,1"));
  }

  @Test
  void rowsOfSeparatorsAloneAreNoRows() throws IOException {
    assertEquals(
        List.of("2 羊", "6 毛"),
        rows(HEADER + "\n1,羊,c,s,1\n,,,,\n\n , ,\t,,,,,\n2,毛,c,s,1\n,,,,,,,\n"));
  }

  @Test
  void columnsWithoutANameAtTheEndMayBeThereOrNot() throws IOException {
    assertEquals(
        List.of("2 羊", "3 毛", "4 被", "5 WRONG_NUMBER_OF_COLUMNS", "6 WRONG_NUMBER_OF_COLUMNS"),
        rows(HEADER + ",,,\n1,羊,c,s,1\n2,毛,c,s,1,,,\n3,被,c,s,1,,,,,,\n4,毯,c,s,1,,!\n5,巾,c,s\n"));
  }

  @Test
  void semicolonsAndTabsSeparateWhereTheHeaderUsesThem() throws IOException {
    assertEquals(List.of("2 羊,毛"), rows(HEADER.replace(',', ';') + "\n1;羊,毛;c;s;1\n"));
    assertEquals(List.of("2 羊,毛;"), rows(HEADER.replace(',', '\t') + "\n1\t羊,毛;\tc\ts\t1\n"));
  }

  @Test
  void aQuoteThatDoesNotPairCostsItsLineAlone() throws IOException {
    assertEquals(
        List.of("2 BAD_QUOTES", "3 羊", "4 BAD_QUOTES", "5 毛\"", "6 BAD_QUOTES"),
        rows(HEADER + "\nA,\"open,c,s,1\n1,羊,c,s,1\n1,\"羊\"毛,c,s,1\n2,毛\",c,s,1\n3,\"never,c,s,1"));
  }

  @Test
  void whatExcelInChinaSavesIsRead() throws IOException {
    String text = HEADER + "\n1,羊毛被，澳洲,居家/被枕,s,1\n2,€㐀,c,s,1\n";
    assertEquals(List.of("2 羊毛被，澳洲", "3 €㐀"), rows(text.getBytes(Charset.forName("GB18030"))));
    assertEquals(List.of("2 羊毛被，澳洲"), rows(text.substring(0, text.indexOf("2,")).getBytes(GBK)));
  }

  @Test
  void aDamagedCharacterCostsItsRowAlone() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes((HEADER + "\n1,羊毛,被枕,s,1\n2,").getBytes(StandardCharsets.UTF_8));
    file.writeBytes("羊".getBytes(GBK));
    file.writeBytes(",被枕,s,1\n3,毛毯,被枕,s,1\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("2 羊毛", "3 BAD_ENCODING", "4 毛毯"), rows(file.toByteArray()));
    ByteArrayOutputStream gbk = new ByteArrayOutputStream();
    gbk.writeBytes((HEADER + "\n1,羊毛,被枕,s,1\n2,").getBytes(GBK));
    gbk.writeBytes(new byte[] {(byte) 0xff, (byte) 0xff});
    gbk.writeBytes(",被枕,s,1\n3,毛毯,被枕,s,1\n".getBytes(GBK));
    assertEquals(List.of("2 羊毛", "3 BAD_ENCODING", "4 毛毯"), rows(gbk.toByteArray()));
  }

  @Test
  void whatIsNoCsvAtAllIsSaid() {
    assertUnusable("", "文件是空的");
    assertUnusable("PK\u0003\u0004…", "Excel 工作簿");
    assertUnusable("title\n", "缺少列：product_no、category、sku_no、price_yuan");
    assertUnusable(HEADER + ",Title\n", "“title”出现了两次");
    assertThrows(
        FileUnusable.class, () -> rows(("\uFEFF" + HEADER).getBytes(StandardCharsets.UTF_16LE)));
  }

  @Test
  void columnsThatNobodyReadsAreNamed() throws IOException {
    try (CsvFile file =
        CsvFile.open(
            write(
                ("\uFEFF" + HEADER + ",备注,备注," + "很".repeat(9_000) + "\n")
                    .getBytes(StandardCharsets.UTF_8)))) {
      assertEquals(List.of("备注", "备注"), file.unusedColumns().subList(0, 2));
      assertTrue(file.unusedColumns().get(2).length() <= 40);
    }
  }

  /** 64 MB in one cell are read past, whichever way; the rows around it are taken. */
  @Test
  void noCellCostsMemory() throws IOException {
    String huge = "\uFDFA".repeat(8_000_000);
    long before = used();
    for (String cell : List.of(huge, '"' + huge + '"', "\"" + huge)) {
      Path file =
          write(
              (HEADER + "\n1,羊,c,s,1\n2," + cell + ",c,s,1\n3,毛,c,s,1\n")
                  .getBytes(StandardCharsets.UTF_8));
      List<String> rows = rows(file);
      assertEquals(3, rows.size());
      assertTrue(
          List.of("3 VALUE_TOO_LONG", "3 BAD_QUOTES").contains(rows.get(1)), () -> rows.get(1));
    }
    String commas = ",".repeat(64 << 20);
    assertEquals(
        List.of("3 羊"),
        rows(write((HEADER + "\n" + commas + "\n1,羊,c,s,1\n").getBytes(StandardCharsets.UTF_8))));
    assertTrue(used() - before < 400L << 20);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void assertUnusable(String text, String said) {
    FileUnusable unusable = assertThrows(FileUnusable.class, () -> rows(text));
    assertTrue(unusable.getMessage().contains(said), unusable.getMessage());
  }

  private List<String> rows(String text) throws IOException {
    return rows(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> rows(byte[] bytes) throws IOException {
    return rows(write(bytes));
  }

  /**
   * Line and title of each row, or the reason why it is none; read twice, the second time alone.
   */
  private static List<String> rows(Path path) throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> again = new ArrayList<>();
    List<long[]> places = new ArrayList<>();
    try (CsvFile file = CsvFile.open(path)) {
      for (CsvFile.Row row = file.next(); row != null; row = file.next()) {
        rows.add(said(row));
        places.add(new long[] {row.offset(), row.line()});
      }
      for (long[] place : places) {
        again.add(said(file.at(place[0], place[1])));
      }
    }
    assertEquals(rows, again);
    return rows;
  }

  private static String said(CsvFile.Row row) {
    try {
      row.check();
      return row.line() + " " + row.value(Column.TITLE);
    } catch (RowRefused refused) {
      assertEquals(row.line(), refused.error().line());
      return row.line() + " " + refused.error().reason();
    }
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("goods.csv"), bytes);
  }
}
