package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.Attributor;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.time.BusinessTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** "Why did I earn this?" of an outside order, in sentences, Chinese. Pure. */
final class CpsExplanation {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(BusinessTime.ZONE);
  private static final Map<String, String> PLATFORMS =
      Map.of("TAOBAO", "淘宝", "JD", "京东", "PDD", "拼多多", "VIP", "唯品会");

  private CpsExplanation() {}

  static List<String> of(Commission commission, CpsFacts order) {
    boolean direct = commission.level() == Level.DIRECT;
    CpsFacts.Credit credit = order.credit();
    int points = direct ? credit.directBasisPoints() : credit.uplineBasisPoints();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        PLATFORMS.getOrDefault(order.platform(), order.platform())
            + "订单 "
            + order.orderNo()
            + "「"
            + order.title()
            + "」于 "
            + day(order.paidAt())
            + " 付款。");
    sentences.add(credit.byClaim() ? "归因：认领申请经工作人员核实通过。" : "归因：订单带回了您（或您的下级）推广链接中的渠道编号。");
    sentences.add(
        (direct ? "一级" : "二级")
            + "佣金 = "
            + (order.settledAt() == null ? "预估" : "结算")
            + "佣金 "
            + yuan(order.base())
            + "（已扣除平台服务费） × "
            + percent(points)
            + "，向下取整到分 = "
            + yuan(commission.earned())
            + "（"
            + rule(credit, direct)
            + "）。");
    if (order.state() == CpsFacts.State.INVALID) {
      sentences.add("订单已失效，佣金全部取消。");
    } else if (order.takenBack().isPositive()) {
      sentences.add(
          "平台追回佣金 " + yuan(order.takenBack()) + "，按比例收回 " + yuan(commission.reversed()) + "。");
    }
    sentences.add(standing(order));
    return sentences;
  }

  /** What the direct distributor earned is not for their upline. */
  private static String rule(CpsFacts.Credit credit, boolean direct) {
    String version = "分成规则第 " + credit.policyVersion() + " 版";
    if (credit.settledBefore() == null) {
      return version;
    }
    return version
        + "第 "
        + credit.policyStep()
        + " 档"
        + (direct ? "，下单前一个月的结算佣金为 " + yuan(credit.settledBefore()) : "");
  }

  private static String standing(CpsFacts order) {
    if (order.state() == CpsFacts.State.INVALID) {
      return "目前：没有待结算金额。";
    }
    if (order.payable()) {
      return "目前：平台已结算并付款，已转为可提现（如有欠款先行抵扣）。";
    }
    if (order.payableFrom() != null) {
      return "目前：平台已结算，冻结中；" + day(order.payableFrom()) + " 平台付款后转为可提现。";
    }
    return order.state() == CpsFacts.State.PAID
        ? "目前：待结算；买家收货后冻结，平台结算并付款后转为可提现。"
        : "目前：冻结中，等待平台结算。";
  }

  private static String percent(int basisPoints) {
    return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + "%";
  }

  private static String day(Instant at) {
    return DAY.format(at);
  }

  private static String yuan(Money amount) {
    return Attributor.yuan(amount);
  }
}
