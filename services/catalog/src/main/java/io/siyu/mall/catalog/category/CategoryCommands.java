package io.siyu.mall.catalog.category;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Changes of the tree of categories. */
@ApplicationScoped
public class CategoryCommands {

  private final Categories categories;

  CategoryCommands(Categories categories) {
    this.categories = categories;
  }

  /**
   * A new category; all brands share the tree.
   *
   * @param parent null for a top category
   */
  @WithTransaction
  public Uni<Category> create(CategoryId parent, String name, int sortOrder) {
    Uni<Category> above = parent == null ? Uni.createFrom().nullItem() : categories.lock(parent);
    return above.chain(p -> categories.add(Category.create(p, name, sortOrder)));
  }

  /**
   * Renames, moves, sorts or hides a category; see {@link Category#revise}.
   *
   * @param parent null to stand at the top
   */
  @WithTransaction
  public Uni<Category> revise(
      CategoryId id, long version, CategoryId parent, String name, int sortOrder, boolean hidden) {
    return categories
        .lockAll()
        .chain(
            all -> {
              Category category = find(all, id);
              Category above = parent == null ? null : find(all, parent);
              category.revise(version, above, name, sortOrder, hidden, below(all, id));
              return categories.save().replaceWith(category);
            });
  }

  /**
   * Removes a category; fails with FAILED_PRECONDITION CATEGORY_IN_USE while a category is below it
   * or a product in it.
   */
  @WithTransaction
  public Uni<Void> remove(CategoryId id) {
    return categories
        .lockAll()
        .chain(
            all -> {
              Category category = find(all, id);
              if (!below(all, id).isEmpty()) {
                throw inUse("there are categories below it");
              }
              return categories
                  .hasProducts(id)
                  .invoke(
                      used -> {
                        if (used) {
                          throw inUse("there are products in it");
                        }
                      })
                  .chain(() -> categories.remove(category));
            });
  }

  private static Category find(List<Category> all, CategoryId id) {
    return all.stream()
        .filter(category -> category.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> DomainException.notFound(CategoryQueries.CATEGORY_UNKNOWN, "no such category"));
  }

  private static List<Category> below(List<Category> all, CategoryId id) {
    return all.stream()
        .filter(c -> !c.id().equals(id) && c.lineage().ids().contains(id.value()))
        .toList();
  }

  private static DomainException inUse(String why) {
    return DomainException.precondition("CATEGORY_IN_USE", why + "; move or remove them first");
  }
}
