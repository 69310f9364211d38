package io.siyu.mall.cps.order;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stores outside orders, a set at a time. */
public interface CpsOrders {

  /** Those of the ids that are known, locked until the transaction ends. */
  Uni<Map<UUID, CpsOrder>> lock(SqlTransaction tx, Collection<UUID> ids);

  /** The orders of that number, locked, so that no further one comes until the transaction ends. */
  Uni<Map<UUID, CpsOrder>> lockNumber(SqlTransaction tx, Platform platform, String orderNo);

  /** Settled orders whose payment month is closed and that are not payable yet. */
  Uni<List<UUID>> due(SqlTransaction tx, Instant now, int limit);

  /** What there is of the ids, as far as it tells whether a document is news; nothing is locked. */
  Uni<Map<UUID, StoredOrder>> known(SqlReader from, Collection<UUID> ids);

  /** Stores new orders; fails as a duplicate when one is there. */
  Uni<Void> add(SqlTransaction tx, Collection<CpsOrder> orders);

  /** Stores known orders as they are now. */
  Uni<Void> save(SqlTransaction tx, Collection<CpsOrder> orders);

  /** Keeps documents as they came; one that is kept already stays as it is. */
  Uni<Void> keep(SqlTransaction tx, Collection<OrderDocument> documents, Instant seenAt);

  /** What is taken back of each of the orders in all; nothing is said of an order without. */
  Uni<Map<UUID, Money>> clawedBack(SqlReader from, Collection<UUID> ids);
}
