package io.siyu.mall.local.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sample catalogue itself: enough of it, and each row what an import takes. */
class SampleCatalogFileTest {

  private final List<Map<String, String>> rows = rows("/sample-catalog.csv");

  @Test
  void isRichEnough() {
    assertThat(distinct("product_no")).hasSizeGreaterThanOrEqualTo(60);
    assertThat(distinct("sku_no")).hasSizeGreaterThanOrEqualTo(200).hasSize(rows.size());
    assertThat(distinct("brand")).hasSizeGreaterThanOrEqualTo(4);
    assertThat(distinct("category")).allMatch(path -> path.matches("[^/]+/[^/]+"));
  }

  @Test
  void namesOnlyBrandsThatAreMade() {
    Set<String> made =
        rows("/sample-brands.csv").stream().map(row -> row.get("name")).collect(Collectors.toSet());

    assertThat(distinct("brand")).isSubsetOf(made);
  }

  @Test
  void everyRowIsSellable() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (Map<String, String> row : rows) {
      BigDecimal price = new BigDecimal(row.get("price_yuan"));
      assertThat(price).as(row.toString()).isPositive();
      assertThat(price.scale()).isLessThanOrEqualTo(2);
      assertThat(new BigDecimal(row.get("list_price_yuan"))).isGreaterThanOrEqualTo(price);
      assertThat(Integer.parseInt(row.get("stock"))).isPositive();
      assertThat(json.readTree(row.get("spec")).isObject()).isTrue();
      assertThat(json.readTree(row.get("attributes")).isArray()).isTrue();
      assertThat(row.get("title")).isNotBlank();
      assertThat(row.get("detail_html")).startsWith("<h3>");
    }
  }

  private Set<String> distinct(String column) {
    return rows.stream().map(row -> row.get(column)).collect(Collectors.toCollection(HashSet::new));
  }

  private static List<Map<String, String>> rows(String resource) {
    try (InputStream in = SampleCatalogFileTest.class.getResourceAsStream(resource)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      List<String> columns = cells(lines.get(0));
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        List<String> cells = cells(line);
        assertThat(cells).as(line).hasSameSizeAs(columns);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          row.put(columns.get(i), cells.get(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Cells of one line by RFC 4180; no cell of these files spans lines. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
