package io.siyu.mall.order.payment;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.text.TextType;

/**
 * That a refund was paid another way.
 *
 * @param amount exactly what was to be paid
 * @param reference of the other payment, for example of the bank
 */
record RefundEvidence(Money amount, String reference, String note) {

  RefundEvidence {
    Validation.start()
        .required(TextType.PAYMENT_REFERENCE, "reference", reference)
        .required(TextType.NOTE, "note", note)
        .check();
  }

  void check(Refund refund) {
    if (!amount.equals(refund.sentAmount())) {
      throw DomainException.invalid(
          "amount", "must be exactly " + refund.sentAmount() + ", which is to be paid back");
    }
  }
}
