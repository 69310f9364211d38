package io.siyu.mall.order.payment;

import io.siyu.mall.order.payment.PaymentProvider.Notification;
import io.siyu.mall.order.payment.PaymentQueries.PaymentView;
import io.siyu.mall.order.payment.PaymentQueries.RefundView;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.order.v1.BankCard;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest;
import io.siyu.mall.proto.order.v1.PayRefundOtherwiseRequest;
import io.siyu.mall.proto.order.v1.PaymentIntent;
import io.siyu.mall.proto.order.v1.RedirectRefundRequest;
import io.siyu.mall.text.TextType;

/** Payments and refunds on the wire. */
final class PaymentProto {

  private PaymentProto() {}

  static PaymentIntent intent(StartPayment.Intent intent) {
    return PaymentIntent.newBuilder()
        .setPaymentId(intent.paymentId().toString())
        .putAllClientParameters(intent.clientParameters())
        .setExpiresAt(ProtoTime.to(intent.expiresAt()))
        .build();
  }

  static io.siyu.mall.proto.order.v1.Payment payment(PaymentView payment) {
    io.siyu.mall.proto.order.v1.Payment.Builder message =
        io.siyu.mall.proto.order.v1.Payment.newBuilder()
            .setPaymentId(payment.id().toString())
            .setTradeId(payment.tradeId().toString())
            .setProvider(io.siyu.mall.proto.order.v1.Provider.valueOf(payment.provider().name()))
            .setPaymentNo(PaymentNumbers.of(payment.id()))
            .setState(state(payment.state()))
            .setAmount(ProtoMoney.to(payment.amount()))
            .setCreatedAt(ProtoTime.to(payment.createdAt()));
    if (payment.transactionId() != null) {
      message.setProviderTransactionId(payment.transactionId());
    }
    if (payment.succeededAt() != null) {
      message.setSucceededAt(ProtoTime.to(payment.succeededAt()));
    }
    return message.build();
  }

  static io.siyu.mall.proto.order.v1.Refund refund(RefundView refund) {
    io.siyu.mall.proto.order.v1.Refund.Builder message =
        io.siyu.mall.proto.order.v1.Refund.newBuilder()
            .setRefundId(refund.id().toString())
            .setRefundNo(PaymentNumbers.of(refund.sentWith()))
            .setPaymentId(refund.paymentId().toString())
            .setTradeId(refund.tradeId().toString())
            .setOrderId(ProtoIds.to(refund.orderId()))
            .setAfterSaleCaseId(ProtoIds.to(refund.caseId()))
            .setState(state(refund.state()))
            .setAmount(ProtoMoney.to(refund.amount()))
            .setReason(refund.reason())
            .setAttempts(refund.attempts())
            .setRequestedAt(ProtoTime.to(refund.requestedAt()))
            .setSentWith(refund.sentWith().toString())
            .setSentAmount(ProtoMoney.to(refund.sentAmount()))
            .setProviderRefundsLeft((int) Math.max(0, RefundLimits.MOST - refund.used()))
            .setRefundableUntil(ProtoTime.to(RefundLimits.until(refund.paidAt())))
            .setWarning(refund.warning())
            .addAllDecisions(refund.decisions().stream().map(PaymentProto::decision).toList());
    if (refund.dueAt() != null) {
      message.setDueAt(ProtoTime.to(refund.dueAt()));
    }
    if (refund.decideBy() != null) {
      message.setDecideBy(ProtoTime.to(refund.decideBy()));
    }
    if (refund.failure() != null) {
      message.setFailure(refund.failure());
    }
    if (refund.succeededAt() != null) {
      message.setSucceededAt(ProtoTime.to(refund.succeededAt()));
    }
    return message.build();
  }

  private static io.siyu.mall.proto.order.v1.RefundDecision decision(
      PaymentQueries.DecisionView decision) {
    return io.siyu.mall.proto.order.v1.RefundDecision.newBuilder()
        .setKind(decision.kind())
        .setAt(ProtoTime.to(decision.at()))
        .setBy(decision.by())
        .setReference(decision.reference())
        .setNote(decision.note())
        .build();
  }

  static RefundEvidence evidence(PayRefundOtherwiseRequest request) {
    return new RefundEvidence(
        ProtoMoney.from("amount", request.getAmount()),
        request.getReference().strip(),
        request.getNote().strip());
  }

  /** Null to give the money back to the merchant. */
  static PaymentProvider.BankCard card(RedirectRefundRequest request) {
    if (!request.hasCard()) {
      return null;
    }
    BankCard card = request.getCard();
    Validation.start()
        .require(
            card.getBankType().matches("[A-Z]{2,20}_DEBIT"),
            "card.bank_type",
            "must be a bank's debit card, for example ICBC_DEBIT")
        .require(
            card.getAccount().matches("[0-9]{12,24}"), "card.account", "must be 12 to 24 digits")
        .required(TextType.REAL_NAME, "card.holder", card.getHolder())
        .check();
    return new PaymentProvider.BankCard(card.getBankType(), card.getAccount(), card.getHolder());
  }

  static Provider provider(io.siyu.mall.proto.order.v1.Provider provider) {
    if (provider != io.siyu.mall.proto.order.v1.Provider.WECHAT_PAY) {
      throw DomainException.invalid("provider", "is not known");
    }
    return Provider.WECHAT_PAY;
  }

  static Notification notification(HandleNotificationRequest request) {
    return new Notification(request.getHeadersMap(), request.getBody().toByteArray());
  }

  static RefundState state(io.siyu.mall.proto.order.v1.RefundState state) {
    return switch (state) {
      case REFUND_REQUESTED -> RefundState.REQUESTED;
      case SUBMITTED -> RefundState.SUBMITTED;
      case REFUND_SUCCEEDED -> RefundState.SUCCEEDED;
      case REFUND_FAILED -> RefundState.FAILED;
      case REFUND_STUCK -> RefundState.STUCK;
      case REFUND_PAID_OTHERWISE -> RefundState.PAID_OTHERWISE;
      case REFUND_STATE_UNSPECIFIED -> null;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is not known");
    };
  }

  private static io.siyu.mall.proto.order.v1.PaymentState state(PaymentState state) {
    return switch (state) {
      case CREATED -> io.siyu.mall.proto.order.v1.PaymentState.PAYMENT_CREATED;
      case PREPAID -> io.siyu.mall.proto.order.v1.PaymentState.PREPAID;
      case SUCCEEDED -> io.siyu.mall.proto.order.v1.PaymentState.PAYMENT_SUCCEEDED;
      case CLOSED -> io.siyu.mall.proto.order.v1.PaymentState.PAYMENT_CLOSED;
    };
  }

  private static io.siyu.mall.proto.order.v1.RefundState state(RefundState state) {
    return switch (state) {
      case REQUESTED -> io.siyu.mall.proto.order.v1.RefundState.REFUND_REQUESTED;
      case SUBMITTED -> io.siyu.mall.proto.order.v1.RefundState.SUBMITTED;
      case SUCCEEDED -> io.siyu.mall.proto.order.v1.RefundState.REFUND_SUCCEEDED;
      case FAILED -> io.siyu.mall.proto.order.v1.RefundState.REFUND_FAILED;
      case STUCK -> io.siyu.mall.proto.order.v1.RefundState.REFUND_STUCK;
      case PAID_OTHERWISE -> io.siyu.mall.proto.order.v1.RefundState.REFUND_PAID_OTHERWISE;
    };
  }
}
