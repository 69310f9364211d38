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
import io.siyu.mall.text.DisplayText;
import io.siyu.mall.text.Excerpt;
import io.siyu.mall.text.Reading;
import io.siyu.mall.text.TextType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns the texts of one row into values, or says what is wrong with which column. */
final class RowReader {

  private static final Set<String> YES = Set.of("1", "true", "yes", "y", "是", "上架");
  private static final Set<String> NO = Set.of("", "0", "false", "no", "n", "否", "下架");
  private static final Map<String, Column> COLUMNS =
      Map.of(
          "cover_url", Column.COVER,
          "gallery_urls", Column.GALLERY,
          "specs", Column.SPEC,
          "price", Column.PRICE_YUAN,
          "list_price", Column.LIST_PRICE_YUAN,
          "initial_stock", Column.STOCK);

  private static final Pattern MONEY = Pattern.compile("\\d{1,10}(\\.\\d{1,2}0*)?");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,10})(\\.0+)?");

  /** What a spreadsheet shows and saves instead of a number with more than eleven digits. */
  private static final Pattern SCIENTIFIC = Pattern.compile("\\d(\\.\\d*)?[eE][+-]\\d+");

  private static final Pattern BREAK = Pattern.compile("[\\r\\n\\t]+");
  private static final Pattern INSECURE = Pattern.compile("^(?i:http:)?//");

  private static final String SCIENTIFIC_SAID =
      "Excel 把长数字变成了科学计数法，原来的数字已丢失：请把这一列设为“文本”格式，重新填写后再上传。";

  private final CsvFile.Row row;
  private final Map<Column, String> values = new EnumMap<>(Column.class);

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
    row.check();
    for (Column column : Column.values()) {
      String value = row.value(column);
      if (value.isEmpty() && column.required()) {
        throw refused(column, RowError.MISSING_VALUE, "必须填写。");
      }
      values.put(column, value);
    }
    values.put(Column.PRODUCT_NO, code(Column.PRODUCT_NO, TextType.PRODUCT_NO));
    values.put(Column.SKU_NO, code(Column.SKU_NO, TextType.SKU_NO));
    ProductContent content = content();
    SkuDraft sku = sku();
    validate(content, sku);
    return new ImportRow(
        row.line(),
        value(Column.PRODUCT_NO),
        TextType.BRAND_NAME.normal(value(Column.BRAND)),
        categoryPath(),
        onSale(),
        content,
        sku,
        !value(Column.STOCK).isEmpty(),
        row.size());
  }

  private String code(Column column, TextType type) {
    if (SCIENTIFIC.matcher(CellText.halfWidth(value(column))).matches()) {
      throw refused(column, RowError.SCIENTIFIC_NUMBER, SCIENTIFIC_SAID);
    }
    Reading code = type.required(value(column));
    if (!code.ok()) {
      throw refused(column, RowError.INVALID_VALUE, code.sentence() + "。");
    }
    return code.value();
  }

  private ProductContent content() {
    // Editors sprinkle joiners and marks that nobody sees; they are no reason to refuse the goods.
    String html = DetailHtml.sanitise(DisplayText.withoutUnseen(value(Column.DETAIL_HTML)));
    return new ProductContent(
        null,
        oneLine(Column.TITLE),
        oneLine(Column.BRIEF),
        oneLine(Column.UNIT),
        keywords(),
        secure(value(Column.COVER)),
        possible(Column.GALLERY, texts().stream().map(RowReader::secure).toList()),
        namedValues(Column.ATTRIBUTES),
        possible(Column.DETAIL_HTML, List.of(html)).get(0));
  }

  private SkuDraft sku() {
    Money price = price(Column.PRICE_YUAN);
    boolean listed = !value(Column.LIST_PRICE_YUAN).isEmpty();
    Money list = listed ? price(Column.LIST_PRICE_YUAN) : price;
    if (list.compareTo(price) < 0) {
      throw refused(
          Column.LIST_PRICE_YUAN, RowError.PRICE_ABOVE_LIST, RowError.PRICE_ABOVE_LIST_SAID);
    }
    return new SkuDraft(
        value(Column.SKU_NO),
        namedValues(Column.SPEC),
        new Prices(list, price),
        number(Column.STOCK),
        (int) number(Column.AFTER_SALE_DAYS));
  }

  private void validate(ProductContent content, SkuDraft sku) {
    try {
      sku.validate("", content.validate(Validation.start())).check();
    } catch (DomainException wrong) {
      Violation first = wrong.violations().get(0);
      Column column = COLUMNS.getOrDefault(first.field(), Column.named(first.field()));
      throw refused(column, RowError.INVALID_VALUE, "内容不符合要求：" + first.message() + "。");
    }
  }

  private Money price(Column column) {
    String text = CellText.halfWidth(value(column));
    if (MONEY.matcher(text).matches()) {
      Money price = Money.fen(new BigDecimal(text).movePointRight(2).longValueExact());
      if (price.isPositive() && price.compareTo(Prices.MAX) <= 0) {
        return price;
      }
    }
    throw refused(column, RowError.BAD_PRICE, "“" + Excerpt.of(text) + "”不是大于 0、最多两位小数的金额。");
  }

  private long number(Column column) {
    String text = CellText.halfWidth(value(column));
    if (text.isEmpty()) {
      return 0;
    }
    var number = NUMBER.matcher(text);
    if (number.matches() && Long.parseLong(number.group(1)) <= SkuDraft.MAX_STOCK) {
      return Long.parseLong(number.group(1));
    }
    throw refused(column, RowError.BAD_NUMBER, "“" + Excerpt.of(text) + "”不是 0 或以上的整数。");
  }

  private boolean onSale() {
    String text = CellText.halfWidth(value(Column.ON_SALE)).toLowerCase(Locale.ROOT);
    if (YES.contains(text) || NO.contains(text)) {
      return YES.contains(text);
    }
    throw refused(Column.ON_SALE, RowError.INVALID_VALUE, "请填 1（上架）或 0（不上架）。");
  }

  private String categoryPath() {
    List<String> names =
        Arrays.stream(value(Column.CATEGORY).split(Category.SEPARATOR))
            .map(TextType.CATEGORY_NAME::normal)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.isEmpty()) {
      throw refused(Column.CATEGORY, RowError.MISSING_VALUE, "必须填写。");
    }
    return String.join(Category.SEPARATOR, names);
  }

  private List<String> keywords() {
    return Arrays.stream(value(Column.KEYWORDS).split("[,，、;；\\s]+"))
        .filter(word -> !word.isBlank())
        .distinct()
        .toList();
  }

  private List<String> texts() {
    try {
      return CellJson.texts(value(Column.GALLERY));
    } catch (CellJson.BadJson e) {
      throw refused(Column.GALLERY, RowError.BAD_JSON, "应为由地址组成的 JSON 数组，例如 [\"https://…\"]。");
    }
  }

  /** What an old shop wrote for pages of any protocol is meant for ours. */
  private static String secure(String address) {
    return INSECURE.matcher(address).replaceFirst("https://");
  }

  /** An object, or pairs where names may repeat and the order is meant. */
  private List<NamedValue> namedValues(Column column) {
    try {
      List<NamedValue> values = CellJson.namedValues(value(column));
      possible(column, values.stream().map(NamedValue::name).toList());
      possible(column, values.stream().map(NamedValue::value).toList());
      return values;
    } catch (CellJson.BadJson e) {
      throw refused(column, RowError.BAD_JSON, "应为 JSON，例如 {\"颜色\": \"米白\"} 或 [[\"颜色\", \"米白\"]]。");
    }
  }

  /** What was written with escapes can be what the cell itself cannot hold. */
  private List<String> possible(Column column, List<String> texts) {
    if (!texts.stream().allMatch(CellText::isPossible)) {
      throw refused(column, RowError.BAD_CHARACTER, RowError.BAD_CHARACTER_SAID);
    }
    return texts;
  }

  /** A line break within a cell is a space where the catalogue has one line. */
  private String oneLine(Column column) {
    return BREAK.matcher(value(column)).replaceAll(" ");
  }

  private String value(Column column) {
    return values.get(column);
  }

  private RowRefused refused(Column column, String reason, String message) {
    return new RowRefused(row.line(), column == null ? "" : column.columnName(), reason, message);
  }
}
