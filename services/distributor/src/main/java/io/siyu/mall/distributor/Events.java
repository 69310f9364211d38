package io.siyu.mall.distributor;

import io.siyu.mall.distributor.ledger.CpsEvents;
import io.siyu.mall.distributor.ledger.OrderEvents;
import io.siyu.mall.distributor.merge.MergeEvents;
import io.siyu.mall.distributor.sharing.MemberEvents;
import io.siyu.mall.platform.inbox.EventHandlers;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.siyu.mall.proto.membership.v1.MemberMerged;
import io.siyu.mall.proto.membership.v1.MemberSignedIn;
import io.siyu.mall.proto.order.v1.AfterSaleEnded;
import io.siyu.mall.proto.order.v1.AfterSaleOpened;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderClosed;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.siyu.mall.proto.order.v1.OrderReceived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What this service does with the events of others. It sends none itself. */
@ApplicationScoped
class Events {

  @Produces
  @Singleton
  EventHandlers handlers(
      OrderEvents orders, CpsEvents outside, MemberEvents members, MergeEvents merges) {
    return EventHandlers.start()
        .onSqlBatch(
            orders::book,
            OrderPaid.class,
            OrderReceived.class,
            OrderCompleted.class,
            OrderClosed.class,
            LineRefunded.class,
            AfterSaleOpened.class,
            AfterSaleEnded.class)
        .onSqlBatch(outside::book, CpsOrderChanged.class)
        .onSql(MemberSignedIn.class, members::signedIn)
        .onSql(MemberMerged.class, merges::merged);
  }
}
