package io.siyu.mall.planted.left;

import io.siyu.mall.proto.common.v1.Money;
import io.smallrye.mutiny.Uni;

/** Planted: a port that knows the wire. */
public interface Things {
  Uni<Money> price();
}
