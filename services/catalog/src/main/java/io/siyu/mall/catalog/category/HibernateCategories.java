package io.siyu.mall.catalog.category;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Categories in the database. */
@ApplicationScoped
public class HibernateCategories implements Categories {

  @Override
  public Uni<Category> get(CategoryId id) {
    return Panache.getSession()
        .chain(session -> session.find(Category.class, id.value()))
        .onItem()
        .ifNull()
        .failWith(HibernateCategories::unknown);
  }

  @Override
  public Uni<Category> lock(CategoryId id) {
    return Panache.getSession()
        .chain(session -> session.find(Category.class, id.value(), LockMode.PESSIMISTIC_WRITE))
        .onItem()
        .ifNull()
        .failWith(HibernateCategories::unknown);
  }

  @Override
  public Uni<List<Category>> lockAll() {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery("from Category order by id", Category.class)
                    .setLockMode(LockMode.PESSIMISTIC_WRITE)
                    .getResultList());
  }

  @Override
  public Uni<Boolean> hasProducts(CategoryId id) {
    return Panache.getSession()
        .chain(
            session ->
                SqlTransaction.of(session)
                    .select("SELECT 1 FROM product WHERE category_id = ? LIMIT 1", id.value()))
        .map(rows -> !rows.isEmpty());
  }

  @Override
  public Uni<Category> add(Category category) {
    return Panache.getSession()
        .chain(session -> session.persist(category))
        .chain(this::save)
        .replaceWith(category);
  }

  @Override
  public Uni<Void> save() {
    return Panache.getSession()
        .chain(Mutiny.Session::flush)
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(
            taken ->
                new DomainException(
                    Kind.ALREADY_EXISTS, "CATEGORY_EXISTS", "there is one of that name here"));
  }

  @Override
  public Uni<Void> remove(Category category) {
    return Panache.getSession().chain(session -> session.remove(category).chain(session::flush));
  }

  private static DomainException unknown() {
    return DomainException.notFound(CategoryQueries.CATEGORY_UNKNOWN, "no such category");
  }
}
