package io.siyu.mall.order.aftersale;

import io.siyu.mall.order.order.OrderId;
import io.smallrye.mutiny.Uni;

/** Where cases are kept. */
public interface AfterSaleCases {

  String CASE_NOT_FOUND = "AFTER_SALE_CASE_NOT_FOUND";

  /**
   * The order that a case belongs to, which never changes. Asked before the transaction, which
   * begins with that order's lock.
   *
   * @return fails with NOT_FOUND, AFTER_SALE_CASE_NOT_FOUND
   */
  Uni<OrderId> orderOf(CaseId id);

  /**
   * In the open transaction, with the order locked.
   *
   * @return fails with NOT_FOUND, AFTER_SALE_CASE_NOT_FOUND
   */
  Uni<AfterSaleCase> get(CaseId id);

  /** In the open transaction. */
  Uni<Void> add(AfterSaleCase opened);

  /** Stores what happened to a case since it was loaded, in the open transaction. */
  Uni<Void> save(AfterSaleCase changed);
}
