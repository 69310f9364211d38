package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.platform.Credentials;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.state.Table;
import io.siyu.mall.sandbox.wechat.Personas;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** JSAPI payments: prepay, pay, query, close. */
final class Payments {
  static final String NOTIFY = "wechat-pay.notify.payment";
  private static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_\\-|*]{6,32}");
  private static final Duration PREPAY_LIFE = Duration.ofHours(2);

  private final Credentials credentials;
  private final Clock clock;
  private final Personas personas;
  private final Notifier notifier;
  private final Table<Payment> payments;
  private final Map<String, String> byPrepayId = new ConcurrentHashMap<>();
  private final Map<String, String> byTransactionId = new ConcurrentHashMap<>();

  Payments(World world, Personas personas, Notifier notifier) {
    this.credentials = world.credentials();
    this.clock = world.clock();
    this.personas = personas;
    this.notifier = notifier;
    payments = world.store().table("payment", Payment.class);
    payments.all().forEach(this::index);
  }

  /**
   * Takes the merchant's order.
   *
   * @return the prepay id
   */
  String prepay(Fields fields) {
    check(fields);
    Instant now = clock.instant();
    Payment payment;
    synchronized (this) {
      Payment known = payments.get(fields.node().get("out_trade_no").textValue());
      if (known == null) {
        payment = Payment.of(fields.node(), now);
      } else if (known.state() == PaymentState.CLOSED) {
        throw new Refusal(400, "ORDER_CLOSED", "订单已关闭");
      } else if (known.state() != PaymentState.NOTPAY) {
        throw new Refusal(400, "ORDERPAID", "该订单已支付");
      } else if (!known.request().equals(fields.node())) {
        throw PayErrors.rule("请求重入时，参数与首次请求时不一致");
      } else if (known.prepaid().plus(PREPAY_LIFE).isAfter(now)) {
        return known.prepayId();
      } else {
        payment = known.withPrepayId(Numbers.prepayId(now), now);
      }
      put(payment);
    }
    return payment.prepayId();
  }

  /**
   * The user pays; WeChat Pay notifies the merchant.
   *
   * @param openid who pays, or null for the one who should
   * @throws Refusal 409 with the reason why the client would not let the user pay
   */
  Payment pay(Payment asked, String openid) {
    Payment paid;
    synchronized (this) {
      Instant now = clock.instant();
      Payment payment = payments.get(asked.outTradeNo());
      if (payment.state() != PaymentState.NOTPAY) {
        throw new Refusal(409, payment.state().name(), payment.state().description());
      }
      if (openid != null && !openid.equals(payment.openid())) {
        throw new Refusal(409, "OPENID_MISMATCH", "下单用户与支付用户不一致");
      }
      Instant end = Fields.of("", payment.request()).optionalTime("time_expire");
      if (end != null && !end.isAfter(now)) {
        throw new Refusal(409, "EXPIRED", "订单已失效");
      }
      if (!payment.prepaid().plus(PREPAY_LIFE).isAfter(now)) {
        throw new Refusal(409, "PREPAY_EXPIRED", "prepay_id已过期");
      }
      paid = payment.pay(now);
      put(paid);
    }
    notifier.notify(
        NOTIFY,
        new Notifier.Event("TRANSACTION.SUCCESS", "transaction", "支付成功"),
        paid.outTradeNo(),
        paid.notifyUrl(),
        transaction(paid));
    return paid;
  }

  /** Closes an order that is not paid. */
  synchronized void close(String outTradeNo) {
    Payment payment = byOutTradeNo(outTradeNo);
    switch (payment.state()) {
      case NOTPAY -> put(payment.close());
      case CLOSED -> throw new Refusal(400, "ORDER_CLOSED", "订单已关闭");
      default -> throw new Refusal(400, "ORDERPAID", "该订单已支付");
    }
  }

  /**
   * @throws Refusal 404
   */
  Payment byOutTradeNo(String outTradeNo) {
    return found(outTradeNo == null ? null : payments.get(outTradeNo));
  }

  /**
   * @throws Refusal 404
   */
  Payment byTransactionId(String transactionId) {
    String outTradeNo = byTransactionId.get(transactionId);
    return found(outTradeNo == null ? null : payments.get(outTradeNo));
  }

  /**
   * @throws Refusal 404
   */
  Payment byPrepayId(String prepayId) {
    String outTradeNo = byPrepayId.get(prepayId);
    return found(outTradeNo == null ? null : payments.get(outTradeNo));
  }

  List<Payment> all() {
    return payments.all();
  }

  /** Stores a change made under this object's lock. */
  void put(Payment payment) {
    payments.put(payment.outTradeNo(), payment);
    index(payment);
  }

  /** The transaction as queries and notifications tell it. */
  ObjectNode transaction(Payment payment) {
    boolean paid = payment.transactionId() != null;
    return Json.object(
        "appid", credentials.appId(),
        "mchid", credentials.merchantId(),
        "out_trade_no", payment.outTradeNo(),
        "transaction_id", payment.transactionId(),
        "trade_type", paid ? "JSAPI" : null,
        "trade_state", payment.state().name(),
        "trade_state_desc", payment.state().description(),
        "bank_type", paid ? "OTHERS" : null,
        "attach", payment.request().path("attach").asText(""),
        "success_time", Numbers.time(payment.paid()),
        "payer", Json.object("openid", payment.openid()),
        "amount",
            Json.object(
                "total",
                payment.totalFen(),
                "payer_total",
                paid ? payment.totalFen() : null,
                "currency",
                "CNY",
                "payer_currency",
                paid ? "CNY" : null));
  }

  private void check(Fields fields) {
    fields.equal("mchid", credentials.merchantId(), "MCH_NOT_EXISTS", "商户号不存在");
    fields.equal("appid", credentials.appId(), "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配");
    fields.text("description", 127);
    fields.text("out_trade_no", OUT_TRADE_NO);
    fields.notifyUrl("notify_url");
    fields.optionalText("attach", 128);
    fields.optionalText("goods_tag", 32);
    Instant end = fields.optionalTime("time_expire");
    if (end != null && !end.isAfter(clock.instant())) {
      throw fields.wrong("time_expire", "不能早于当前时间");
    }
    Fields amount = fields.object("amount");
    amount.integer("total", 1, Integer.MAX_VALUE);
    if (amount.has("currency") && !"CNY".equals(amount.text("currency", 16))) {
      throw amount.wrong("currency", "只支持CNY");
    }
    Fields payer = fields.object("payer");
    if (!personas.isOpenid(payer.text("openid", 128))) {
      throw payer.wrong("openid", "无效的openid");
    }
    if (fields.has("scene_info")) {
      fields.object("scene_info").text("payer_client_ip", 45);
    }
  }

  private void index(Payment payment) {
    byPrepayId.put(payment.prepayId(), payment.outTradeNo());
    if (payment.transactionId() != null) {
      byTransactionId.put(payment.transactionId(), payment.outTradeNo());
    }
  }

  private static Payment found(Payment payment) {
    if (payment == null) {
      throw new Refusal(404, "ORDER_NOT_EXIST", "订单不存在");
    }
    return payment;
  }
}
