package io.siyu.mall.catalog.category;

import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Categories for tests of use cases. */
public final class InMemoryCategories implements Categories {

  private final Map<CategoryId, Category> categories = new LinkedHashMap<>();

  @Override
  public Uni<Category> get(CategoryId id) {
    Category category = categories.get(id);
    return category == null
        ? Uni.createFrom()
            .failure(DomainException.notFound(CategoryQueries.CATEGORY_UNKNOWN, "no such category"))
        : Uni.createFrom().item(category);
  }

  @Override
  public Uni<Category> lock(CategoryId id) {
    return get(id);
  }

  @Override
  public Uni<List<Category>> lockAll() {
    return Uni.createFrom().item(List.copyOf(categories.values()));
  }

  @Override
  public Uni<Boolean> hasProducts(CategoryId id) {
    return Uni.createFrom().item(false);
  }

  @Override
  public Uni<Void> save() {
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> remove(Category category) {
    categories.remove(category.id());
    return save();
  }

  @Override
  public Uni<Category> add(Category category) {
    categories.put(category.id(), category);
    return Uni.createFrom().item(category);
  }
}
