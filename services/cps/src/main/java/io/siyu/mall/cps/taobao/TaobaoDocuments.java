package io.siyu.mall.cps.taobao;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.cps.order.Clawback;
import io.siyu.mall.cps.order.CpsOrderKey;
import io.siyu.mall.cps.order.CpsOrderState;
import io.siyu.mall.cps.order.OrderDocument;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.text.DisplayText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Taobao's documents in our words. */
final class TaobaoDocuments {

  private static final int TITLE = 255;
  private static final String[] REFUNDED_FEES = {
    "tk_commission_alimm_refund_fee",
    "tk_subsidy_alimm_refund_fee",
    "tk_commission_agent_refund_fee",
    "tk_subsidy_agent_refund_fee"
  };

  private TaobaoDocuments() {}

  /**
   * An entry of {@code publisher_order_dto}.
   *
   * @param payableFrom of the time of settling
   * @throws RuntimeException if it cannot be understood
   */
  static OrderDocument order(JsonNode d, UnaryOperator<Instant> payableFrom) {
    CpsOrderState state =
        TaobaoStatus.order(d.path("tk_status").asInt(-1))
            .orElseThrow(() -> new IllegalArgumentException("tk_status"));
    Money fee = yuan(d, "alimama_share_fee");
    boolean settled = state == CpsOrderState.SETTLED;
    if (settled) {
      needed(d, "pub_share_fee");
    }
    Instant created = Objects.requireNonNull(time(d, "tk_create_time"), "tk_create_time");
    Instant earned = settled ? time(d, "tk_earning_time") : null;
    Instant modified = modified(d);
    return new OrderDocument(
        key(d, "trade_parent_id", "trade_id"),
        state,
        text(d, "relation_id"),
        DisplayText.cleaned(d.path("item_title").asText(""), TITLE),
        d.path("item_id").asText(""),
        d.path("item_num").asLong(1),
        yuan(d, "alipay_total_price"),
        net(yuan(d, "pub_share_pre_fee"), fee),
        settled ? net(yuan(d, "pub_share_fee"), fee) : null,
        fee,
        created,
        first(time(d, "tk_paid_time"), time(d, "tb_paid_time"), created),
        state == CpsOrderState.RECEIVED ? modified : null,
        settled ? first(earned, modified) : null,
        modified,
        settled ? payableFrom.apply(first(earned, modified)) : null,
        d.toString());
  }

  /**
   * An entry of {@code taobao.tbk.order.refund.get}. Its amounts are without the fees of Taobao and
   * of the channel, which are told apart. {@code tk_refund_time} is when the dispute was raised,
   * {@code tk_refund_suit_time} when it was decided.
   *
   * @throws RuntimeException if it cannot be understood: also if it does not say what it takes back
   */
  static Clawback clawback(JsonNode d) {
    Clawback.State state =
        TaobaoStatus.clawback(d.path("refund_status").asInt(-1))
            .orElseThrow(() -> new IllegalArgumentException("refund_status"));
    if (state == Clawback.State.EFFECTIVE) {
      needed(d, "tk_commission_fee_refund");
    }
    Instant raised = first(time(d, "tk_refund_time"), time(d, "tk_refund_suit_time"));
    Objects.requireNonNull(raised, "tk_refund_time");
    Instant decided = time(d, "tk_refund_suit_time");
    Instant modified = first(time(d, "modified_time"), decided, raised);
    Money subsidy = yuan(d, "tk_subsidy_fee_refund");
    return new Clawback(
        needed(d, "refund_suit_id"),
        key(d, "tb_trade_parent_id", "tb_trade_id"),
        state,
        yuan(d, "tk_commission_fee_refund").plus(subsidy),
        subsidy,
        Stream.of(REFUNDED_FEES).map(name -> yuan(d, name)).reduce(Money.ZERO, Money::plus),
        raised,
        state == Clawback.State.OPEN ? null : first(decided, modified),
        modified,
        d.toString());
  }

  private static String needed(JsonNode d, String name) {
    return Objects.requireNonNull(text(d, name), name);
  }

  private static CpsOrderKey key(JsonNode d, String order, String subOrder) {
    String sub = text(d, subOrder);
    String parent = text(d, order);
    return new CpsOrderKey(Platform.TAOBAO, parent == null ? sub : parent, sub);
  }

  /** The document's own time, else the latest that it names. */
  private static Instant modified(JsonNode d) {
    Instant told = time(d, "modified_time");
    return told != null
        ? told
        : Stream.of("tk_create_time", "tk_paid_time", "tk_earning_time")
            .map(name -> time(d, name))
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElseThrow();
  }

  private static Money net(Money commission, Money fee) {
    return commission.minus(fee).max(Money.ZERO);
  }

  /** Yuan as text; what is less than a fen is not promised to anybody. */
  private static Money yuan(JsonNode d, String name) {
    String text = text(d, name);
    return text == null
        ? Money.ZERO
        : Money.fen(
            new BigDecimal(text).movePointRight(2).setScale(0, RoundingMode.DOWN).longValueExact());
  }

  private static Instant time(JsonNode d, String name) {
    String text = text(d, name);
    return text == null
        ? null
        : LocalDateTime.parse(text, TopClient.TIME).atZone(TopClient.ZONE).toInstant();
  }

  private static String text(JsonNode d, String name) {
    String text = d.path(name).asText("");
    return text.isEmpty() || text.equals("null") ? null : text;
  }

  private static Instant first(Instant... candidates) {
    return Stream.of(candidates).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
