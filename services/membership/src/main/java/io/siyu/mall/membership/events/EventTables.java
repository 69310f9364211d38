package io.siyu.mall.membership.events;

import io.siyu.mall.membership.growth.GrowthEvents;
import io.siyu.mall.platform.inbox.EventHandlers;
import io.siyu.mall.platform.outbox.Subscriptions;
import io.siyu.mall.proto.membership.v1.MemberMerged;
import io.siyu.mall.proto.membership.v1.MemberSignedIn;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What this service tells whom, and what it listens to; anything else is refused. */
@ApplicationScoped
public class EventTables {

  @Produces
  @Singleton
  Subscriptions subscriptions() {
    return Subscriptions.start()
        .send(MemberSignedIn.class, "distributor")
        .send(MemberMerged.class, "distributor")
        .build();
  }

  @Produces
  @Singleton
  EventHandlers handlers(GrowthEvents growth) {
    return EventHandlers.start()
        .onSql(OrderCompleted.class, growth::completed)
        .onSql(LineRefunded.class, growth::refunded);
  }
}
