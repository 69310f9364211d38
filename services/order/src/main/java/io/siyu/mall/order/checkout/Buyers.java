package io.siyu.mall.order.checkout;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What members have placed lately. */
interface Buyers {

  /** One read. */
  Uni<Buyer> of(UUID memberId);
}
