package io.siyu.mall.cps.order;

import io.siyu.mall.platform.outbox.Subscriptions;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Who is told of outside orders. This service listens to nobody. */
@ApplicationScoped
class CpsEvents {

  @Produces
  @Singleton
  Subscriptions subscriptions() {
    return Subscriptions.start().send(CpsOrderChanged.class, "distributor").build();
  }
}
