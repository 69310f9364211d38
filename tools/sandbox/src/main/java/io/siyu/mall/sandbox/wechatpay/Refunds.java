package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.control.Misbehaviour;
import io.siyu.mall.sandbox.control.Misbehaviour.Kind;
import io.siyu.mall.sandbox.control.Spell;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.state.Table;
import io.siyu.mall.sandbox.wechatpay.Refund.State;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Refunds: accepted at once, carried out a little later. */
final class Refunds {
  static final String NOTIFY = "wechat-pay.notify.refund";
  static final String RESULT = "wechat-pay.refund-result";
  private static final Pattern OUT_REFUND_NO = Pattern.compile("[0-9A-Za-z_\\-|*@]{1,64}");
  private static final Duration REFUNDABLE = Duration.ofDays(365);
  private static final Duration APART = Duration.ofMinutes(1);
  private static final int MOST = 50;
  private static final Set<String> DEBIT_CARDS =
      Set.of(
          "CMB_DEBIT",
          "COMM_DEBIT",
          "ABC_DEBIT",
          "CCB_DEBIT",
          "ICBC_DEBIT",
          "BOC_DEBIT",
          "PAB_DEBIT",
          "SPDB_DEBIT",
          "CITIC_DEBIT",
          "CEB_DEBIT",
          "CMBC_DEBIT",
          "CIB_DEBIT",
          "GDB_DEBIT",
          "PSBC_DEBIT",
          "NBCB_DEBIT");

  private final World world;
  private final Clock clock;
  private final Payments payments;
  private final Notifier notifier;
  private final Table<Refund> refunds;

  Refunds(World world, Payments payments, Notifier notifier) {
    this.world = world;
    this.clock = world.clock();
    this.payments = payments;
    this.notifier = notifier;
    this.refunds = world.store().table("refund", Refund.class);
  }

  /** Takes a refund on, or tells about the one already known under the number. */
  Refund create(Fields fields) {
    String number = fields.text("out_refund_no", OUT_REFUND_NO);
    fields.optionalText("reason", 80);
    if (fields.has("notify_url")) {
      fields.notifyUrl("notify_url");
    }
    Fields amount = fields.object("amount");
    long total = amount.integer("total", 1, Integer.MAX_VALUE);
    long fen = amount.integer("refund", 1, total);
    if (!"CNY".equals(amount.text("currency", 16))) {
      throw amount.wrong("currency", "只支持CNY");
    }
    if (fields.has("transaction_id") == fields.has("out_trade_no")) {
      throw PayErrors.parameter("out_trade_no", null, "transaction_id与out_trade_no二选一");
    }
    Refund refund;
    synchronized (payments) {
      Refund known = refunds.get(number);
      if (known != null && !known.request().equals(fields.node())) {
        throw PayErrors.rule("订单金额或退款金额与之前请求不一致，请核实后再试");
      }
      if (known != null && known.state() != State.CLOSED) {
        return known;
      }
      Payment payment = payment(fields);
      Instant now = clock.instant();
      check(payment, total, fen, now);
      payments.put(payment.refund(fen, now));
      refund =
          new Refund(
              number,
              known == null ? Numbers.refundId(now) : known.refundId(),
              payment.outTradeNo(),
              fields.node(),
              fen,
              State.PROCESSING,
              now,
              null,
              null);
      refunds.put(number, refund);
    }
    carryOut(refund);
    return refund;
  }

  /**
   * @throws Refusal 404
   */
  Refund byNumber(String outRefundNo) {
    Refund refund = refunds.get(outRefundNo);
    if (refund == null) {
      throw new Refusal(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
    }
    return refund;
  }

  /**
   * Starts an abnormal refund anew, to the user's debit card or to the merchant. From the document
   * 发起异常退款 (https://pay.weixin.qq.com/doc/v3/merchant/4013071193).
   */
  Refund redirect(Request request) {
    Fields fields = Fields.of(request);
    Refund refund;
    synchronized (payments) {
      Refund known = byNumber(fields.text("out_refund_no", OUT_REFUND_NO));
      if (!known.refundId().equals(request.variable("refund_id"))) {
        throw PayErrors.parameter("out_refund_no", known.outRefundNo(), "与退款单号不一致");
      }
      String type = fields.text("type", 32);
      switch (type) {
        case "USER_BANK_CARD" -> checkCard(request, fields);
        case "MERCHANT_BANK_CARD" -> {}
        default -> throw fields.wrong("type", "应为USER_BANK_CARD或MERCHANT_BANK_CARD");
      }
      if (known.state() != State.ABNORMAL) {
        throw PayErrors.rule("退款单状态不是退款异常");
      }
      refund = known.redirect(type);
      refunds.put(refund.outRefundNo(), refund);
    }
    carryOut(refund);
    return refund;
  }

  private void checkCard(Request request, Fields fields) {
    if (!DEBIT_CARDS.contains(fields.text("bank_type", 32))) {
      throw fields.wrong("bank_type", "不支持该银行");
    }
    if (request.header("Wechatpay-Serial") == null) {
      throw PayErrors.parameter("Wechatpay-Serial", null, "有敏感信息时必填");
    }
    for (String secret : List.of("bank_account", "real_name")) {
      try {
        Ciphers.decryptField(world.credentials().platformPrivateKey(), fields.text(secret, 1024));
      } catch (GeneralSecurityException e) {
        throw PayErrors.parameter(secret, null, "解密失败，请使用微信支付公钥加密");
      }
    }
  }

  List<Refund> all() {
    return refunds.all();
  }

  void resume() {
    refunds.all().stream().filter(r -> r.state() == State.PROCESSING).forEach(this::carryOut);
  }

  /** The refund as the interface answers it. */
  ObjectNode view(Refund refund) {
    Payment payment = payments.byOutTradeNo(refund.outTradeNo());
    long fen = refund.amountFen();
    return Json.object(
        "refund_id", refund.refundId(),
        "out_refund_no", refund.outRefundNo(),
        "transaction_id", payment.transactionId(),
        "out_trade_no", refund.outTradeNo(),
        "channel", refund.redirected() == null ? "ORIGINAL" : "OTHER_BANKCARD",
        "user_received_account", account(refund),
        "success_time", refund.state() == State.SUCCESS ? Numbers.time(refund.finished()) : null,
        "create_time", Numbers.time(refund.created()),
        "status", refund.state().name(),
        "funds_account", "AVAILABLE",
        "amount",
            Json.object(
                "total",
                payment.totalFen(),
                "refund",
                fen,
                "payer_total",
                payment.totalFen(),
                "payer_refund",
                fen,
                "settlement_refund",
                fen,
                "settlement_total",
                payment.totalFen(),
                "discount_refund",
                0,
                "currency",
                "CNY"));
  }

  private static String account(Refund refund) {
    if (refund.redirected() == null) {
      return "支付用户零钱";
    }
    return refund.redirected().startsWith("MERCHANT") ? "商户结算银行账户" : "用户借记卡";
  }

  private Payment payment(Fields fields) {
    try {
      return fields.has("transaction_id")
          ? payments.byTransactionId(fields.text("transaction_id", 32))
          : payments.byOutTradeNo(fields.text("out_trade_no", 32));
    } catch (Refusal unknown) {
      throw new Refusal(404, "RESOURCE_NOT_EXISTS", "订单不存在");
    }
  }

  private void check(Payment payment, long total, long fen, Instant now) {
    if (payment.transactionId() == null) {
      throw PayErrors.rule("订单未支付，不能退款");
    }
    if (payment.totalFen() != total) {
      throw PayErrors.rule("订单金额与原订单不一致");
    }
    if (payment.paid().plus(REFUNDABLE).isBefore(now)) {
      throw PayErrors.rule("订单已超过可退款的最大期限");
    }
    if (payment.refundedFen() + fen > total) {
      throw PayErrors.rule("退款金额大于可退金额");
    }
    if (payment.refunds() >= MOST) {
      throw PayErrors.rule("部分退款次数不能超过50次");
    }
    if (payment.lastRefund() != null
        && payment.lastRefund().plus(world.scaled(APART)).isAfter(now)) {
      throw PayErrors.frequency("同一笔订单多次退款的请求需相隔1分钟");
    }
  }

  private void carryOut(Refund refund) {
    Spell spell = world.misbehaviours().next(RESULT);
    State outcome =
        spell
            .first(Kind.FAIL)
            .map(Misbehaviour::code)
            .map(code -> code.equals("CLOSED") ? State.CLOSED : State.ABNORMAL)
            .orElse(State.SUCCESS);
    world.later(
        world.settlement().toMillis() + spell.delayMillis(),
        () -> finish(refund.outRefundNo(), outcome));
  }

  /** Ends a refund that is under way or stuck. */
  Refund finish(String outRefundNo, State outcome) {
    Refund refund;
    synchronized (payments) {
      Refund known = byNumber(outRefundNo);
      if (known.state() == State.SUCCESS || known.state() == State.CLOSED) {
        return known;
      }
      refund = known.in(outcome, clock.instant());
      refunds.put(outRefundNo, refund);
      if (outcome == State.CLOSED) {
        payments.put(payments.byOutTradeNo(refund.outTradeNo()).unrefund(refund.amountFen()));
      }
    }
    if (refund.notifyUrl() != null) {
      notifier.notify(
          NOTIFY,
          new Notifier.Event(
              "REFUND." + outcome, "refund", "退款" + outcome.name().toLowerCase(Locale.ROOT)),
          outRefundNo,
          refund.notifyUrl(),
          notice(refund));
    }
    return refund;
  }

  private ObjectNode notice(Refund refund) {
    Payment payment = payments.byOutTradeNo(refund.outTradeNo());
    return Json.object(
        "mchid", world.credentials().merchantId(),
        "out_trade_no", refund.outTradeNo(),
        "transaction_id", payment.transactionId(),
        "out_refund_no", refund.outRefundNo(),
        "refund_id", refund.refundId(),
        "refund_status", refund.state().name(),
        "success_time", refund.state() == State.SUCCESS ? Numbers.time(refund.finished()) : null,
        "user_received_account", account(refund),
        "amount",
            Json.object(
                "total", payment.totalFen(),
                "refund", refund.amountFen(),
                "payer_total", payment.totalFen(),
                "payer_refund", refund.amountFen()));
  }
}
