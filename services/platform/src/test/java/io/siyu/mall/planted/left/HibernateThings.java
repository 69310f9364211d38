package io.siyu.mall.planted.left;

import io.siyu.mall.proto.common.v1.Money;
import io.smallrye.mutiny.Uni;

/** Makes {@link Things} a port. */
public class HibernateThings implements Things {
  @Override
  public Uni<Money> price() {
    return Uni.createFrom().item(Money.getDefaultInstance());
  }
}
