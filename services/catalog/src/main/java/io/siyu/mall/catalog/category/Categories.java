package io.siyu.mall.catalog.category;

import io.smallrye.mutiny.Uni;

/** Where categories are kept. */
public interface Categories {

  /**
   * The category.
   *
   * @return a failure NOT_FOUND CATEGORY_UNKNOWN when there is none
   */
  Uni<Category> get(CategoryId id);

  /** Adds a new category, or fails with ALREADY_EXISTS when its parent has one of that name. */
  Uni<Category> add(Category category);
}
