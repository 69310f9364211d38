package io.siyu.mall.catalog.category;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Changes of the tree of categories. */
@ApplicationScoped
public class CategoryCommands {

  private final Categories categories;

  CategoryCommands(Categories categories) {
    this.categories = categories;
  }

  /**
   * A new category; for the platform's administrators, because all brands share the tree.
   *
   * @param parent null for a top category
   */
  @WithTransaction
  public Uni<Category> create(Caller caller, CategoryId parent, String name, int sortOrder) {
    caller.requireStaff(Role.PLATFORM_ADMIN);
    Uni<Category> above = parent == null ? Uni.createFrom().nullItem() : categories.get(parent);
    return above.chain(p -> categories.add(Category.create(p, name, sortOrder)));
  }
}
