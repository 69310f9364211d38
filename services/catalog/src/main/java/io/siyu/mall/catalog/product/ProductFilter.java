package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.identity.Caller;
import java.util.UUID;

/**
 * Which products a list is about.
 *
 * @param caller decides what may be seen: published goods, and every state of their brands for
 *     staff
 * @param brandId null for all
 * @param categoryId with those below it; null for all
 * @param query words; empty for all
 * @param state null for all that the caller may see
 */
public record ProductFilter(
    Caller caller, UUID brandId, UUID categoryId, String query, ProductState state, Sort sort) {

  /** The order of the list, each with its key for the next page. */
  public enum Sort {
    /** Of a list with words: those that say them first, then newest first. */
    BEST("p.listed_at", true),
    NEWEST("p.listed_at", true),
    PRICE_ASCENDING("p.price_from", false),
    PRICE_DESCENDING("p.price_from", true);

    private final String column;
    private final boolean descending;

    Sort(String column, boolean descending) {
      this.column = column;
      this.descending = descending;
    }

    String after() {
      String than = descending ? "<" : ">";
      return "(%1$s %2$s ? OR %1$s = ? AND p.id %2$s ?)".formatted(column, than);
    }

    /** Whether its key is a time; else it is a price. */
    boolean isByTime() {
      return this == BEST || this == NEWEST;
    }

    String orderBy() {
      String direction = descending ? " DESC" : "";
      return " ORDER BY " + column + direction + ", p.id" + direction;
    }
  }
}
