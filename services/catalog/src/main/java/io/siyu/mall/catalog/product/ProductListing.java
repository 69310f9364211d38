package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Reach;
import io.siyu.mall.platform.paging.PageTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The statement of one part of a list. A list without words has one part; one with words has the
 * products that have all of them in their title, then those that have them elsewhere, and only
 * where there are none of either, those that have most. Each part is in the list's order and is
 * gone through by the index, so that the first page costs the first page.
 */
final class ProductListing {

  /** A part of a list; those with words come one after the other. */
  enum Part {
    EVERYTHING,
    IN_TITLE,
    ELSEWHERE,
    ANYWHERE,
    MOST
  }

  private static final String HAS =
      "EXISTS (SELECT 1 FROM product_term t WHERE t.product_id = p.id AND t.term LIKE ?";
  private static final String ANYWHERE = ")";
  private static final String IN_TITLE = " AND t.part = " + ProductTerms.TITLE + ")";
  private static final String WITH_PART =
      "SELECT DISTINCT product_id FROM product_term WHERE term LIKE ?";
  private static final String NEWEST_OF_MOST =
      " ORDER BY h.hits DESC, p.listed_at DESC, p.id DESC LIMIT ?";

  private final ProductFilter filter;
  private final List<String> all;
  private final List<String> some;

  ProductListing(ProductFilter filter) {
    this.filter = filter;
    this.all = SearchTerms.all(filter.query());
    this.some = SearchTerms.some(filter.query());
  }

  /** A statement and its parameters. */
  record Statement(String sql, List<Object> params) {}

  /** The parts of the list, in their order; none when nothing can match. */
  List<Part> parts() {
    if (filter.query().isBlank()) {
      return List.of(Part.EVERYTHING);
    }
    if (all.isEmpty()) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>();
    parts.addAll(
        filter.sort() == ProductFilter.Sort.BEST
            ? List.of(Part.IN_TITLE, Part.ELSEWHERE)
            : List.of(Part.ANYWHERE));
    if (!Set.copyOf(some).equals(Set.copyOf(all))) {
      parts.add(Part.MOST);
    }
    return parts;
  }

  /**
   * Where the list goes on.
   *
   * @param part of the list
   * @param hits how many of the words the last product had, in {@link Part#MOST}
   * @param after the last product's key and id
   */
  record Place(Part part, long hits, PageTokens.PageKey after) {}

  /** The place of a token, or null at the beginning. */
  Place place(String pageToken) {
    PageTokens.PageKey key = PageTokens.decode(pageToken, 5);
    if (key == null) {
      return null;
    }
    if (!key.text(0).equals(filter.sort().name())) {
      throw DomainException.invalid("page_token", "is of a list in another order");
    }
    Part part =
        parts().stream()
            .filter(p -> p.name().equals(key.text(1)))
            .findFirst()
            .orElseThrow(() -> DomainException.invalid("page_token", "is of another list"));
    return new Place(part, key.number(2), key);
  }

  /** The token of the place behind this product. */
  String token(Part part, long hits, ProductView last) {
    Object key = isByTime(part) ? last.listedAt() : last.priceFrom().minor();
    return PageTokens.encode(filter.sort().name(), part, hits, key, last.id());
  }

  /**
   * The statement of a part, beginning behind the place.
   *
   * @param select what is selected of {@code p}, {@code b} and {@code c}; the number of hits
   *     follows
   * @param from the tables, beginning with the products
   */
  Statement statement(String select, String from, Part part, Place place, int limit) {
    StringBuilder sql = new StringBuilder(select);
    List<Object> params = new ArrayList<>();
    if (part == Part.MOST) {
      sql.append(", h.hits FROM (SELECT product_id, COUNT(*) AS hits FROM (")
          .append(String.join(" UNION ALL ", Collections.nCopies(some.size(), WITH_PART)))
          .append(") e GROUP BY product_id HAVING COUNT(*) * 2 > ?) h STRAIGHT_JOIN ")
          .append(from)
          .append(" WHERE p.id = h.product_id");
      some.forEach(word -> params.add(word + '%'));
      params.add(some.size());
    } else {
      sql.append(", 0 FROM ").append(from).append(" WHERE 1 = 1");
      words(part, sql, params);
    }
    visible(sql, params);
    within(sql, params);
    if (place != null) {
      after(place, sql, params);
    }
    sql.append(part == Part.MOST ? NEWEST_OF_MOST : filter.sort().orderBy() + " LIMIT ?");
    params.add(limit);
    return new Statement(sql.toString(), params);
  }

  private void words(Part part, StringBuilder sql, List<Object> params) {
    switch (part) {
      case EVERYTHING, MOST -> {}
      case IN_TITLE -> sql.append(" AND ").append(each(IN_TITLE, params));
      case ANYWHERE -> sql.append(" AND ").append(each(ANYWHERE, params));
      case ELSEWHERE ->
          sql.append(" AND ")
              .append(each(ANYWHERE, params))
              .append(" AND NOT (")
              .append(each(IN_TITLE, params))
              .append(')');
    }
  }

  private String each(String where, List<Object> params) {
    String[] conditions = new String[all.size()];
    Arrays.fill(conditions, HAS + where);
    all.forEach(word -> params.add(word + '%'));
    return String.join(" AND ", conditions);
  }

  private void within(StringBuilder sql, List<Object> params) {
    if (filter.brandId() != null) {
      sql.append(" AND p.brand_id = ?");
      params.add(filter.brandId());
    }
    if (filter.categoryId() != null) {
      sql.append(
          " AND p.category_id IN (SELECT d.id FROM category d JOIN category a"
              + " ON LEFT(d.lineage, LENGTH(a.lineage)) = a.lineage WHERE a.id = ?)");
      params.add(filter.categoryId());
    }
  }

  /** Shoppers see what is on sale; a brand's staff also the rest of theirs. */
  private void visible(StringBuilder sql, List<Object> params) {
    Reach reach = filter.caller().reach();
    if (!reach.all() && reach.brandCodes().isEmpty()) {
      sql.append(" AND p.state = 'PUBLISHED' AND b.state = 'ON_SALE'");
      return;
    }
    if (filter.state() != null) {
      sql.append(" AND p.state = ?");
      params.add(filter.state());
    }
    if (!reach.all()) {
      String own = "?" + ", ?".repeat(reach.brandCodes().size() - 1);
      sql.append(" AND (b.code IN (").append(own).append(')');
      params.addAll(reach.brandCodes());
      sql.append(
          filter.brandId() == null ? ")" : " OR p.state = 'PUBLISHED' AND b.state = 'ON_SALE')");
    }
  }

  private void after(Place place, StringBuilder sql, List<Object> params) {
    Object key = isByTime(place.part()) ? place.after().instant(3) : place.after().number(3);
    if (place.part() == Part.MOST) {
      sql.append(" AND (h.hits < ? OR h.hits = ? AND ")
          .append(ProductFilter.Sort.NEWEST.after())
          .append(')');
      params.addAll(List.of(place.hits(), place.hits()));
    } else {
      sql.append(" AND ").append(filter.sort().after());
    }
    params.addAll(List.of(key, key, place.after().uuid(4)));
  }

  private boolean isByTime(Part part) {
    return part == Part.MOST || filter.sort().isByTime();
  }
}
