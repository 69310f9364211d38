package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.state.Transitions;

/** Where a product stands. Only a published one can be seen by shoppers and be bought. */
public enum ProductState {
  /** Being prepared; nobody but the brand's staff sees it. */
  DRAFT,
  /** On sale. */
  PUBLISHED,
  /** Taken off sale; orders placed before go on. */
  WITHDRAWN;

  /** What may follow what. */
  public static final Transitions<ProductState> TABLE =
      Transitions.of(ProductState.class)
          .from(DRAFT)
          .to(PUBLISHED)
          .from(PUBLISHED)
          .to(WITHDRAWN)
          .from(WITHDRAWN)
          .to(PUBLISHED)
          .build();
}
