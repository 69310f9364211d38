package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.category.Category;
import io.siyu.mall.catalog.product.DetailHtml;
import io.siyu.mall.catalog.product.NamedValue;
import io.siyu.mall.catalog.product.Prices;
import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.SkuDraft;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.error.Violation;
import io.siyu.mall.platform.money.Money;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the texts of one row into values, or says what is wrong with which column. */
final class RowReader {

  private static final Set<String> YES = Set.of("1", "true", "yes", "y", "是", "上架");
  private static final Set<String> NO = Set.of("", "0", "false", "no", "n", "否", "下架");
  private static final Map<String, String> COLUMNS =
      Map.of(
          "cover_url", "cover",
          "gallery_urls", "gallery",
          "specs", "spec",
          "price", "price_yuan",
          "list_price", "list_price_yuan",
          "initial_stock", "stock");

  private final CsvFile.Row row;

  private RowReader(CsvFile.Row row) {
    this.row = row;
  }

  /**
   * Reads one row.
   *
   * @throws RowRefused at the first thing that is wrong
   */
  static ImportRow read(CsvFile.Row row) {
    return new RowReader(row).read();
  }

  private ImportRow read() {
    if (row.size() != row.expectedSize()) {
      throw refused(
          "",
          RowError.WRONG_NUMBER_OF_COLUMNS,
          "这一行有 " + row.size() + " 列，应有 " + row.expectedSize() + " 列。");
    }
    for (String column : CsvFile.REQUIRED) {
      if (row.value(column).isEmpty()) {
        throw refused(column, RowError.MISSING_VALUE, "必须填写。");
      }
    }
    ProductContent content = content();
    SkuDraft sku = sku();
    validate(content, sku);
    return new ImportRow(
        row.line(),
        row.value("product_no"),
        row.value("brand"),
        categoryPath(),
        onSale(),
        content,
        sku,
        row.length());
  }

  private ProductContent content() {
    return new ProductContent(
        null,
        row.value("title"),
        row.value("brief"),
        row.value("unit"),
        keywords(),
        row.value("cover"),
        texts("gallery"),
        namedValues("attributes"),
        DetailHtml.sanitise(row.value("detail_html")));
  }

  private SkuDraft sku() {
    Money price = price("price_yuan");
    Money list = row.value("list_price_yuan").isEmpty() ? price : price("list_price_yuan");
    if (list.compareTo(price) < 0) {
      throw refused("list_price_yuan", RowError.PRICE_ABOVE_LIST, "划线价不能低于售价。");
    }
    return new SkuDraft(
        row.value("sku_no"),
        namedValues("spec"),
        new Prices(list, price),
        number("stock"),
        (int) number("after_sale_days"));
  }

  private void validate(ProductContent content, SkuDraft sku) {
    Validation validation =
        Validation.start().length("product_no", row.value("product_no"), 1, SkuDraft.MAX_NUMBER);
    try {
      sku.validate("", content.validate(validation)).check();
    } catch (DomainException wrong) {
      Violation first = wrong.violations().get(0);
      throw refused(
          COLUMNS.getOrDefault(first.field(), first.field()),
          RowError.INVALID_VALUE,
          "内容不符合要求：" + first.message() + "。");
    }
  }

  private Money price(String column) {
    try {
      Money price = Money.fen(new BigDecimal(halfWidth(column)).movePointRight(2).longValueExact());
      if (price.isPositive() && price.compareTo(Prices.MAX) <= 0) {
        return price;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // one answer for everything that is no price
    }
    throw refused(
        column, RowError.BAD_PRICE, "“" + shortened(row.value(column)) + "”不是大于 0、最多两位小数的金额。");
  }

  private long number(String column) {
    String text = halfWidth(column);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      long number = new BigDecimal(text).longValueExact();
      if (number >= 0 && number <= SkuDraft.MAX_STOCK) {
        return number;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // one answer for everything that is no number of pieces
    }
    throw refused(column, RowError.BAD_NUMBER, "“" + shortened(text) + "”不是 0 或以上的整数。");
  }

  private boolean onSale() {
    String text = row.value("on_sale").toLowerCase(Locale.ROOT);
    if (YES.contains(text) || NO.contains(text)) {
      return YES.contains(text);
    }
    throw refused("on_sale", RowError.INVALID_VALUE, "请填 1（上架）或 0（不上架）。");
  }

  private String categoryPath() {
    List<String> names =
        Arrays.stream(row.value("category").split(Category.SEPARATOR))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.isEmpty()) {
      throw refused("category", RowError.MISSING_VALUE, "必须填写。");
    }
    return String.join(Category.SEPARATOR, names);
  }

  private List<String> keywords() {
    return Arrays.stream(row.value("keywords").split("[,，、;；\\s]+"))
        .filter(word -> !word.isBlank())
        .distinct()
        .toList();
  }

  private List<String> texts(String column) {
    String text = row.value(column);
    try {
      return text.isEmpty()
          ? List.of()
          : new JsonArray(text).stream().map(String::valueOf).map(String::strip).toList();
    } catch (DecodeException e) {
      throw refused(column, RowError.BAD_JSON, "应为 JSON 数组，例如 [\"https://…\"]。");
    }
  }

  /** An object, or pairs where names may repeat and the order is meant. */
  private List<NamedValue> namedValues(String column) {
    String text = row.value(column);
    try {
      if (text.isEmpty()) {
        return List.of();
      }
      if (text.startsWith("{")) {
        return new JsonObject(text)
            .stream().map(e -> new NamedValue(e.getKey(), String.valueOf(e.getValue()))).toList();
      }
      List<NamedValue> values = new ArrayList<>();
      for (Object pair : new JsonArray(text)) {
        JsonArray both = (JsonArray) pair;
        values.add(
            new NamedValue(String.valueOf(both.getValue(0)), String.valueOf(both.getValue(1))));
      }
      return values;
    } catch (DecodeException | ClassCastException | IndexOutOfBoundsException e) {
      throw refused(column, RowError.BAD_JSON, "应为 JSON，例如 {\"颜色\": \"米白\"} 或 [[\"颜色\", \"米白\"]]。");
    }
  }

  /** Full-width digits are digits too. */
  private String halfWidth(String column) {
    return Normalizer.normalize(row.value(column), Normalizer.Form.NFKC).strip();
  }

  private RowRefused refused(String column, String reason, String message) {
    return new RowRefused(row.line(), column, reason, message);
  }

  private static String shortened(String text) {
    return text.codePoints().limit(40).mapToObj(Character::toString).collect(Collectors.joining());
  }
}
