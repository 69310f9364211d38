package io.siyu.mall.catalog.category;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Categories in the database. */
@ApplicationScoped
public class HibernateCategories implements Categories {

  @Override
  public Uni<Category> get(CategoryId id) {
    return Panache.getSession()
        .chain(session -> session.find(Category.class, id.value()))
        .onItem()
        .ifNull()
        .failWith(
            () -> DomainException.notFound(CategoryQueries.CATEGORY_UNKNOWN, "no such category"));
  }

  @Override
  public Uni<Category> add(Category category) {
    return Panache.getSession()
        .chain(session -> session.persist(category).chain(session::flush))
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(
            taken ->
                new DomainException(
                    Kind.ALREADY_EXISTS, "CATEGORY_EXISTS", "there is one of that name here"))
        .replaceWith(category);
  }
}
