package io.siyu.mall.order.payment;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.money.Money;

/**
 * That a refund was paid another way.
 *
 * @param amount exactly what was to be paid
 * @param reference of the other payment, for example of the bank
 */
record RefundEvidence(Money amount, String reference, String note) {

  private static final int MAX_REFERENCE = 100;
  private static final int MAX_NOTE = 500;

  RefundEvidence {
    Validation.start()
        .length("reference", reference, 1, MAX_REFERENCE)
        .length("note", note, 1, MAX_NOTE)
        .check();
  }

  void check(Refund refund) {
    if (!amount.equals(refund.sentAmount())) {
      throw DomainException.invalid(
          "amount", "must be exactly " + refund.sentAmount() + ", which is to be paid back");
    }
  }
}
