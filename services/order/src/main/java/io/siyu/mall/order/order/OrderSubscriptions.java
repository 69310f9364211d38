package io.siyu.mall.order.order;

import io.siyu.mall.platform.outbox.Subscriptions;
import io.siyu.mall.proto.order.v1.AfterSaleEnded;
import io.siyu.mall.proto.order.v1.AfterSaleOpened;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderCancelled;
import io.siyu.mall.proto.order.v1.OrderClosed;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.siyu.mall.proto.order.v1.OrderPlaced;
import io.siyu.mall.proto.order.v1.OrderReceived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Who is told of what happens to orders. */
@ApplicationScoped
public class OrderSubscriptions {

  private static final String CATALOG = "catalog";
  private static final String DISTRIBUTOR = "distributor";
  private static final String MEMBERSHIP = "membership";

  @Produces
  @Singleton
  Subscriptions subscriptions() {
    return Subscriptions.start()
        .send(OrderPlaced.class, CATALOG)
        .send(OrderPaid.class, CATALOG, DISTRIBUTOR)
        .send(OrderCancelled.class, CATALOG)
        .send(OrderReceived.class, DISTRIBUTOR)
        .send(OrderCompleted.class, DISTRIBUTOR, MEMBERSHIP)
        .send(LineRefunded.class, CATALOG, DISTRIBUTOR, MEMBERSHIP)
        .send(AfterSaleOpened.class, DISTRIBUTOR)
        .send(AfterSaleEnded.class, DISTRIBUTOR)
        .send(OrderClosed.class)
        .build();
  }
}
