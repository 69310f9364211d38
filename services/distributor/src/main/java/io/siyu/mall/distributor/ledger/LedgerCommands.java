package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.fan.FanBook;
import io.siyu.mall.distributor.fan.FanBook.PaidOrder;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Books what the order service tells, in the caller's transaction. */
@ApplicationScoped
public class LedgerCommands {

  private final Book book;
  private final FanBook fans;

  LedgerCommands(Book book, FanBook fans) {
    this.book = book;
    this.fans = fans;
  }

  /**
   * Books a batch of events, of one order or of many: the facts are locked, the changes applied in
   * memory, and everything is written by statements of many rows.
   */
  public Uni<Void> book(SqlTransaction tx, List<OrderChange> changes) {
    Set<UUID> orderIds =
        changes.stream().map(OrderChange::orderId).collect(Collectors.toCollection(TreeSet::new));
    return book.lockOrders(tx, orderIds).chain(before -> book(tx, changes, orderIds, before));
  }

  private Uni<Void> book(
      SqlTransaction tx,
      List<OrderChange> changes,
      Set<UUID> orderIds,
      Map<UUID, OrderFacts> before) {
    Map<UUID, OrderFacts> after = new LinkedHashMap<>();
    orderIds.forEach(id -> after.put(id, before.get(id)));
    changes.forEach(change -> after.computeIfPresent(change.orderId(), (k, v) -> v.with(change)));
    List<OrderFacts> changed =
        after.values().stream().filter(o -> !o.equals(before.get(o.orderId()))).toList();
    if (changed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return book.saveFacts(tx, changes, before, changed)
        .chain(() -> fansOf(tx, before, changed))
        .chain(() -> entries(tx, changes, orderIds, before, after));
  }

  private Uni<Void> entries(
      SqlTransaction tx,
      List<OrderChange> changes,
      Set<UUID> orderIds,
      Map<UUID, OrderFacts> before,
      Map<UUID, OrderFacts> after) {
    Set<UUID> earners = new TreeSet<>();
    after.values().stream()
        .flatMap(order -> CommissionDerivation.of(order).stream())
        .forEach(commission -> earners.add(commission.beneficiary()));
    if (earners.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return book.commissions(tx, orderIds)
        .chain(
            commissions ->
                book.lockAccounts(tx, earners)
                    .chain(
                        accounts -> {
                          Bookkeeping keeping = new Bookkeeping(before, commissions, accounts);
                          changes.forEach(keeping::book);
                          return book.save(tx, keeping.result());
                        }));
  }

  /** A member's paid orders are counted when an order is known to be paid for the first time. */
  private Uni<Void> fansOf(
      SqlTransaction tx, Map<UUID, OrderFacts> before, List<OrderFacts> changed) {
    return fans.ordersPaid(
        tx,
        changed.stream()
            .filter(order -> order.header() != null)
            .filter(order -> before.get(order.orderId()).header() == null)
            .map(order -> new PaidOrder(order.header().memberId(), order.header().paidAt()))
            .toList());
  }
}
