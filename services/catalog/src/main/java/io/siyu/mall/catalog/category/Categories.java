package io.siyu.mall.catalog.category;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where categories are kept. */
public interface Categories {

  /**
   * The category.
   *
   * @return a failure NOT_FOUND CATEGORY_UNKNOWN when there is none
   */
  Uni<Category> get(CategoryId id);

  /** As {@link #get}, locked: nothing is put below it, and it is neither moved nor removed. */
  Uni<Category> lock(CategoryId id);

  /** Every category, locked: the shape of the tree changes one change after another. */
  Uni<List<Category>> lockAll();

  /** Whether a product is in it. */
  Uni<Boolean> hasProducts(CategoryId id);

  /** Writes what changed; fails with ALREADY_EXISTS when a parent would have two of one name. */
  Uni<Void> save();

  /** Removes a category that nothing is below or in. */
  Uni<Void> remove(Category category);

  /** Adds a new category, or fails with ALREADY_EXISTS when its parent has one of that name. */
  Uni<Category> add(Category category);
}
