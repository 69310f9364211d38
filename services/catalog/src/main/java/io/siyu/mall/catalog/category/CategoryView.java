package io.siyu.mall.catalog.category;

import java.util.UUID;

/**
 * A category as it is read.
 *
 * @param parentId null for a top category
 */
public record CategoryView(
    UUID id,
    UUID parentId,
    String name,
    String path,
    Lineage lineage,
    int sortOrder,
    boolean hidden,
    long version) {

  /** What staff get after a change. */
  public static CategoryView of(Category category) {
    return new CategoryView(
        category.id().value(),
        category.parentId() == null ? null : category.parentId().value(),
        category.name(),
        category.path(),
        category.lineage(),
        category.sortOrder(),
        category.hidden(),
        category.version());
  }
}
