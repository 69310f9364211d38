package io.siyu.mall.catalog.brand;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Brands in the database. */
@ApplicationScoped
public class HibernateBrands implements Brands {

  @Override
  public Uni<Brand> get(BrandId id) {
    return Panache.getSession()
        .chain(session -> session.find(Brand.class, id.value()))
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(BrandQueries.BRAND_UNKNOWN, "no such brand"));
  }

  @Override
  public Uni<Brand> add(Brand brand) {
    return Panache.getSession().chain(session -> session.persist(brand)).chain(() -> save(brand));
  }

  @Override
  public Uni<Brand> save(Brand brand) {
    return Panache.getSession()
        .chain(Mutiny.Session::flush)
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(
            taken ->
                new DomainException(
                    Kind.ALREADY_EXISTS, "BRAND_EXISTS", "the code or the name is taken"))
        .replaceWith(brand);
  }
}
