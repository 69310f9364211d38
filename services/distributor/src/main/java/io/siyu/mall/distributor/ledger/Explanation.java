package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.Attribution;
import io.siyu.mall.distributor.attribution.Attributor;
import io.siyu.mall.distributor.ledger.LedgerQueries.Evidence;
import io.siyu.mall.distributor.ledger.LedgerQueries.RefundView;
import io.siyu.mall.distributor.rule.CommissionTerms;
import io.siyu.mall.distributor.rule.RuleTerms;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.time.BusinessTime;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** "Why did I earn this?", in sentences, Chinese, in the order of what happened. Pure. */
public final class Explanation {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(BusinessTime.ZONE);

  private Explanation() {}

  /** The sentences. */
  public static List<String> of(Evidence evidence) {
    List<String> sentences = new ArrayList<>();
    Commission commission = evidence.commission().commission();
    LineFacts line = evidence.order().lines().get(commission.lineId());
    sentences.add(sale(evidence, line));
    sentences.add("归因：" + line.sale().attribution().explanation());
    if (commission.level() == Level.UPLINE) {
      sentences.add("您是这位分销员的上级，按二级佣金计算；上级在下单时已经冻结，之后的变动不影响本单。");
    }
    sentences.add(computed(commission, line));
    evidence.refunds().forEach(refund -> sentences.add(refunded(refund)));
    if (commission.reversed().isPositive()) {
      sentences.add(reversed(commission, line));
    }
    Money debt = becameDebt(evidence);
    if (debt.isPositive()) {
      sentences.add("其中 " + yuan(debt) + " 在收回时已经提现，转为欠款，从之后转为可提现的佣金中先行抵扣。");
    }
    sentences.add(standing(commission, evidence.order()));
    return sentences;
  }

  private static String sale(Evidence evidence, LineFacts line) {
    OrderFacts.Header header = evidence.order().header();
    return "订单 "
        + evidence.commission().orderNo()
        + " 于 "
        + TIME.format(header.paidAt())
        + " 支付，其中「"
        + line.sale().title()
        + "」"
        + line.sale().quantity()
        + " 件，实付 "
        + yuan(line.sale().base())
        + "（扣除全部优惠，不含运费）。";
  }

  private static String computed(Commission commission, LineFacts line) {
    Attribution attribution = line.sale().attribution();
    RuleTerms terms = attribution.terms();
    boolean direct = commission.level() == Level.DIRECT;
    CommissionTerms own = direct ? terms.direct() : terms.upline();
    Money base = line.sale().base();
    String how =
        own instanceof CommissionTerms.PerUnit fixed
            ? yuan(fixed.amount()) + " × " + line.sale().quantity() + " 件"
            : yuan(base) + " × " + Attributor.termsText(own) + "，向下取整到分";
    boolean capped =
        terms.earnings(base, line.sale().quantity(), attribution.uplineId() != null).capped();
    return (direct ? "一级" : "二级")
        + "佣金 = "
        + how
        + (capped ? "；两级合计超过实付的 50%，按比例压缩后" : "")
        + " = "
        + yuan(commission.earned())
        + "（规则第 "
        + attribution.ruleVersion()
        + " 版）。";
  }

  private static String refunded(RefundView refund) {
    return (refund.at() == null ? "" : TIME.format(refund.at()) + " ")
        + "退款 "
        + refund.quantity()
        + " 件，"
        + yuan(refund.amount())
        + "。";
  }

  private static String reversed(Commission commission, LineFacts line) {
    boolean all = commission.reversed().equals(commission.earned());
    return "因退款累计 "
        + yuan(line.refunded())
        + "，按退款占实付的比例"
        + (all
            ? "，全部佣金 " + yuan(commission.reversed()) + " 收回。"
            : "（向下取整）收回佣金 "
                + yuan(commission.reversed())
                + "，剩余 "
                + yuan(commission.earned().minus(commission.reversed()))
                + "。");
  }

  private static Money becameDebt(Evidence evidence) {
    return Money.sum(
            evidence.postings().stream()
                .filter(p -> p.bucket() == Bucket.DEBT && p.amount().isNegative())
                .map(LedgerQueries.PostingView::amount)
                .toList())
        .negate();
  }

  private static String standing(Commission commission, OrderFacts order) {
    if (commission.reversed().equals(commission.earned())) {
      return "目前：已全部收回，没有待结算金额。";
    }
    if (commission.released().isPositive()) {
      return "目前："
          + yuan(commission.released())
          + " 已于 "
          + TIME.format(order.completedAt())
          + " 订单完成后转为可提现（如有欠款先行抵扣）。";
    }
    if (commission.paused()) {
      return "目前：" + yuan(open(commission)) + " 冻结中，因为有售后单未结束；售后结束且订单完成后转为可提现。";
    }
    if (commission.frozen().isPositive()) {
      return "目前："
          + yuan(commission.frozen())
          + " 冻结中；"
          + window(order.windowUntil())
          + "，且没有进行中的售后，即转为可提现。";
    }
    return "目前：" + yuan(commission.pending()) + " 待结算；收货后冻结，售后期结束后转为可提现。";
  }

  private static String window(Instant until) {
    return until == null ? "售后期结束后" : "售后期到 " + TIME.format(until) + " 结束";
  }

  private static Money open(Commission commission) {
    return commission.pending().plus(commission.frozen());
  }

  private static String yuan(Money amount) {
    return Attributor.yuan(amount);
  }
}
