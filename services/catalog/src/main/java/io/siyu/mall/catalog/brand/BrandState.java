package io.siyu.mall.catalog.brand;

import io.siyu.mall.platform.state.Transitions;

/** Whether a brand's goods can be seen and bought at all. */
public enum BrandState {
  ON_SALE,
  /** Taken off sale with everything it offers; orders placed before go on. */
  OFF_SALE;

  /** What may follow what. */
  public static final Transitions<BrandState> TABLE =
      Transitions.of(BrandState.class)
          .from(ON_SALE)
          .to(OFF_SALE)
          .from(OFF_SALE)
          .to(ON_SALE)
          .build();
}
