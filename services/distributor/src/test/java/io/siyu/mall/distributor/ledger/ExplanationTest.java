package io.siyu.mall.distributor.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.distributor.ledger.LedgerQueries.CommissionView;
import io.siyu.mall.distributor.ledger.LedgerQueries.Evidence;
import io.siyu.mall.distributor.ledger.LedgerQueries.PostingView;
import io.siyu.mall.distributor.ledger.LedgerQueries.RefundView;
import io.siyu.mall.distributor.rule.CommissionTerms;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final CommissionTerms TENTH = new CommissionTerms.Rate(new BasisPoints(1_000));

  private static List<String> explain(
      CommissionTerms direct,
      List<Integer> refunds,
      int cases,
      boolean completed,
      Level level,
      List<PostingView> postings) {
    Scenarios.Plan plan =
        new Scenarios.Plan(
            new UUID(7, 1),
            List.of(
                new Scenarios.LinePlan(
                    3,
                    10_000,
                    direct,
                    new CommissionTerms.Rate(new BasisPoints(250)),
                    true,
                    refunds,
                    cases,
                    true)),
            true,
            completed);
    OrderFacts facts = OrderFacts.unknown(plan.orderId());
    List<RefundView> views = new ArrayList<>();
    for (OrderChange event : Scenarios.events(plan)) {
      facts = facts.with(event);
      if (event instanceof OrderChange.Refunded r) {
        views.add(new RefundView(r.refundId(), r.quantity(), Money.fen(3_333), r.at()));
      }
    }
    Commission commission =
        CommissionDerivation.of(facts).stream()
            .filter(c -> c.level() == level)
            .findFirst()
            .orElseThrow();
    return Explanation.of(
        new Evidence(new CommissionView(commission, "NO1", "商品"), facts, views, postings));
  }

  @Test
  void everyFigureOpensIntoItsReason() {
    assertEquals(
        List.of(
            "订单 NO1 于 2026-05-01 08:00 支付，其中「商品」3 件，实付 ¥100.00（扣除全部优惠，不含运费）。",
            "归因：因为。",
            "一级佣金 = ¥100.00 × 10%，向下取整到分 = ¥10.00（规则第 1 版）。",
            "2026-05-01 08:06 退款 1 件，¥33.33。",
            "因退款累计 ¥33.33，按退款占实付的比例（向下取整）收回佣金 ¥3.33，剩余 ¥6.67。",
            "目前：¥6.67 冻结中；售后期到 2026-05-01 08:16 结束，且没有进行中的售后，即转为可提现。"),
        explain(TENTH, List.of(1), 0, false, Level.DIRECT, List.of()));
  }

  @Test
  void theUplineIsToldWhy() {
    List<String> sentences = explain(TENTH, List.of(), 0, true, Level.UPLINE, List.of());
    assertTrue(sentences.get(2).contains("上级"), sentences.toString());
    assertTrue(sentences.get(3).startsWith("二级佣金 = ¥100.00 × 2.50%"), sentences.toString());
    assertTrue(sentences.get(4).contains("订单完成后转为可提现"), sentences.toString());
  }

  @Test
  void anOpenCaseAndTheCapAreNamed() {
    List<String> sentences =
        explain(
            new CommissionTerms.PerUnit(Money.fen(9_000)),
            List.of(),
            1,
            true,
            Level.DIRECT,
            List.of());
    assertTrue(sentences.get(2).contains("¥90.00 × 3 件；两级合计超过实付的 50%"), sentences.toString());
    assertTrue(sentences.get(3).contains("有售后单未结束"), sentences.toString());
  }

  @Test
  void aDebtIsNamed() {
    PostingView debt =
        new PostingView(
            new UUID(9, 1),
            new UUID(9, 2),
            OwnerKind.DISTRIBUTOR,
            Scenarios.SELLER,
            Bucket.DEBT,
            Money.fen(-400),
            "REFUNDED:r0",
            null,
            null,
            Scenarios.START);
    List<String> sentences = explain(TENTH, List.of(2, 1), 0, true, Level.DIRECT, List.of(debt));
    assertTrue(sentences.contains("其中 ¥4.00 在收回时已经提现，转为欠款，从之后转为可提现的佣金中先行抵扣。"));
    assertEquals("目前：已全部收回，没有待结算金额。", sentences.get(sentences.size() - 1));
  }
}
