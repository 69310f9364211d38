package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.members;
import static io.siyu.mall.membership.rpc.Calls.refused;
import static io.siyu.mall.membership.rpc.Calls.signIn;
import static io.siyu.mall.membership.rpc.OrderEvents.completed;
import static io.siyu.mall.membership.rpc.OrderEvents.deliver;
import static io.siyu.mall.membership.rpc.OrderEvents.refunded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.membership.growth.LevelReview;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.membership.v1.GetGrowthRequest;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.Growth;
import io.siyu.mall.proto.membership.v1.GrowthEntry;
import io.siyu.mall.proto.membership.v1.ListGrowthEntriesRequest;
import io.siyu.mall.proto.membership.v1.ListGrowthEntriesResponse;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.order.v1.LineFact;
import io.siyu.mall.proto.order.v1.OrderClosed;
import io.siyu.mall.proto.order.v1.OrderFact;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class GrowthRpcTest {

  private static final String AUDITOR = TestTokens.staff(Role.AUDITOR);
  private static final Instant NOW =
      Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);

  @Inject Pool pool;
  @Inject TestClock clock;
  @Inject LevelReview review;

  private final Session session = signIn();
  private final String member = session.getMember().getMemberId();

  @AfterEach
  void everythingAddsUp() {
    clock.reset();
    assertEquals(0, differences());
  }

  @Test
  void aCompletedOrderBringsGrowthAndTheLevelRisesAtOnce() {
    assertEquals(0, growth().getLevel());
    assertEquals(200, growth().getNextLevelAt());
    accepted(deliver(completed(member, UUID.randomUUID(), 25_050, NOW)));
    Growth growth = growth();
    assertEquals(250, growth.getGrowthValue());
    assertEquals(1, growth.getLevel());
    assertEquals("银卡会员", growth.getLevelName());
    assertEquals(2_000, growth.getNextLevelAt());
    assertTrue(growth.hasLevelValidUntil());
    assertEquals("银卡会员", members(session).getMe(GetMeRequest.getDefaultInstance()).getLevelName());
  }

  @Test
  void aRepeatedEventChangesNothing() {
    Event event = completed(member, UUID.randomUUID(), 10_000, NOW);
    accepted(deliver(event));
    assertEquals(Outcome.DUPLICATE, deliver(event).get(0).getOutcome());
    // The same fact under another event id, as after a restored sender.
    accepted(deliver(event.toBuilder().setEventId(UUID.randomUUID().toString()).build()));
    assertEquals(100, growth().getGrowthValue());
    assertEquals(1, entries(10, "").getEntriesCount());
  }

  @Test
  void refundsAfterCompletionTakeGrowthBackThoseBeforeDoNot() {
    UUID order = UUID.randomUUID();
    accepted(deliver(refunded(member, order, 5_000, false, NOW)));
    accepted(deliver(completed(member, order, 10_050, NOW)));
    accepted(deliver(refunded(member, order, 60, true, NOW.plusSeconds(5))));
    accepted(deliver(refunded(member, order, 40, true, NOW.plusSeconds(6))));
    assertEquals(99, growth().getGrowthValue());
    List<GrowthEntry> entries = entries(10, "").getEntriesList();
    assertEquals(List.of(0L, -1L, 100L), entries.stream().map(GrowthEntry::getDelta).toList());
    assertEquals("LINE_REFUNDED", entries.get(0).getSource());
    assertEquals("订单完成", entries.get(2).getText());
  }

  @Test
  void anyOrderAndAnyRepetitionEndTheSame() {
    Random random = new Random(7);
    for (int round = 0; round < 4; round++) {
      String somebody = signIn().getMember().getMemberId();
      List<Event> events = new ArrayList<>();
      long expected = 0;
      for (int i = 0; i < 5; i++) {
        UUID order = UUID.randomUUID();
        long net = 10_000 + random.nextInt(30_000);
        long back = random.nextInt(10_000);
        events.add(completed(somebody, order, net, NOW.plusSeconds(i * 10)));
        events.add(refunded(somebody, order, back / 2, true, NOW.plusSeconds(100 + i)));
        events.add(refunded(somebody, order, back - back / 2, true, NOW.plusSeconds(200 + i)));
        expected += (net - back) / 100;
      }
      List<Event> sent = new ArrayList<>(events);
      sent.addAll(events.subList(0, 8));
      Collections.shuffle(sent, random);
      for (int at = 0; at < sent.size(); at += 5) {
        deliver(sent.subList(at, Math.min(at + 5, sent.size())));
      }
      Growth growth = growthOf(somebody);
      assertEquals(expected, growth.getGrowthValue());
      assertTrue(growth.getLevel() >= 1);
    }
  }

  @Test
  void theLevelFallsAtThePeriodsEnd() {
    UUID order = UUID.randomUUID();
    accepted(deliver(completed(member, order, 30_000, NOW)));
    accepted(deliver(refunded(member, order, 29_000, true, NOW.plusSeconds(60))));
    assertEquals(10, growth().getGrowthValue());
    assertEquals(1, growth().getLevel());
    clock.advance(Duration.ofDays(364));
    review.reviewDue().await().atMost(Duration.ofSeconds(20));
    assertEquals(1, growth().getLevel());
    clock.advance(Duration.ofDays(3));
    assertTrue(review.reviewDue().await().atMost(Duration.ofSeconds(20)) >= 1);
    assertEquals(0, growth().getLevel());
    assertFalse(growth().hasLevelValidUntil());
  }

  @Test
  void entriesComeInPages() {
    for (int i = 0; i < 5; i++) {
      accepted(deliver(completed(member, UUID.randomUUID(), 100 * (i + 1), NOW.plusSeconds(i))));
    }
    List<Long> deltas = new ArrayList<>();
    String token = "";
    do {
      ListGrowthEntriesResponse page = entries(2, token);
      page.getEntriesList().forEach(entry -> deltas.add(entry.getDelta()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertEquals(List.of(5L, 4L, 3L, 2L, 1L), deltas);
  }

  @Test
  void whatCannotBeTrueIsRefused() {
    UUID order = UUID.randomUUID();
    refusedAs("MEMBER_UNKNOWN", completed(UUID.randomUUID().toString(), order, 100, NOW));
    refusedAs("INVALID_ARGUMENT", completed("x", order, 100, NOW));
    refusedAs("INVALID_ARGUMENT", completed(member, order, -100, NOW));
    refusedAs(
        "UNKNOWN_EVENT_TYPE",
        OrderEvents.event(order, NOW, OrderClosed.newBuilder().setOrderId("o").build()));
    assertEquals(0, growth().getGrowthValue());
  }

  @Test
  void aMemberSeesTheirOwnWhateverIsAsked() {
    accepted(deliver(completed(member, UUID.randomUUID(), 700, NOW)));
    String other = signIn().getMember().getMemberId();
    assertEquals(
        member,
        members(session)
            .getGrowth(GetGrowthRequest.newBuilder().setMemberId(other).build())
            .getMemberId());
    assertEquals(
        7,
        members(TestTokens.staff(Role.MENTOR))
            .getGrowth(GetGrowthRequest.newBuilder().setMemberId(member).build())
            .getGrowthValue());
    refused(
        "INVALID_ARGUMENT",
        () -> members(AUDITOR).getGrowth(GetGrowthRequest.getDefaultInstance()));
    refused(
        "MEMBER_UNKNOWN",
        () ->
            members(AUDITOR)
                .getGrowth(
                    GetGrowthRequest.newBuilder()
                        .setMemberId(UUID.randomUUID().toString())
                        .build()));
  }

  @Test
  void everyKindOfDamageIsFound() {
    UUID order = UUID.randomUUID();
    accepted(deliver(completed(member, order, 30_000, NOW)));
    found("growth.value-is-sum-of-entries", "growth_value = growth_value + 1", "growth_value - 1");
    found("growth.level-follows-from-facts", "level = level + 1", "level - 1");
    sql("UPDATE growth_entries SET delta = delta + 1 WHERE order_id = UNHEX(?)", hex(order));
    assertEquals(1, check("growth.entries-follow-from-facts").getDifferenceCount());
    sql("UPDATE growth_entries SET delta = delta - 1 WHERE order_id = UNHEX(?)", hex(order));
  }

  @Test
  void growthIsComparedWithTheOrders() {
    UUID order = UUID.randomUUID();
    accepted(deliver(completed(member, order, 30_050, NOW)));
    OrderFact fact =
        OrderFact.newBuilder()
            .setOrderId(order.toString())
            .setMemberId(member)
            .setState("COMPLETED")
            .setCompletedAt(ProtoTime.to(NOW))
            .setFreight(ProtoMoney.to(Money.fen(1_000)))
            .addLines(line(20_000, 0))
            .addLines(line(10_050, 1_000))
            .build();
    assertEquals(0, verify(fact).getDifferenceCount());
    assertEquals(1, verify(fact.toBuilder().clearFreight().build()).getDifferenceAmount() / 10);
    assertEquals(300, verify(fact.toBuilder().clearCompletedAt().build()).getDifferenceAmount());
    Check stranger = verify(fact.toBuilder().setMemberId(UUID.randomUUID().toString()).build());
    assertEquals(2, stranger.getDifferenceCount());
  }

  private void found(String check, String damage, String repair) {
    String column = damage.substring(0, damage.indexOf(' '));
    sql("UPDATE growth_accounts SET " + damage + " WHERE member_id = UNHEX(?)", hex(member));
    assertEquals(1, check(check).getDifferenceCount(), check);
    sql(
        "UPDATE growth_accounts SET " + column + " = " + repair + " WHERE member_id = UNHEX(?)",
        hex(member));
  }

  private void refusedAs(String reason, Event event) {
    EventResult result = deliver(event).get(0);
    assertEquals(Outcome.REFUSED, result.getOutcome(), result.toString());
    assertEquals(reason, result.getReason());
  }

  private static void accepted(List<EventResult> results) {
    results.forEach(r -> assertEquals(Outcome.ACCEPTED, r.getOutcome(), r.toString()));
  }

  private static LineFact line(long paidFen, long refundedFen) {
    return LineFact.newBuilder()
        .setOrderLineId(UUID.randomUUID().toString())
        .setPaid(ProtoMoney.to(Money.fen(paidFen)))
        .setRefunded(ProtoMoney.to(Money.fen(refundedFen)))
        .build();
  }

  private static Check verify(OrderFact fact) {
    return members(AUDITOR)
        .verifyOrders(VerifyOrdersRequest.newBuilder().addFacts(fact).build())
        .getChecks(0);
  }

  private Growth growth() {
    return members(session).getGrowth(GetGrowthRequest.getDefaultInstance());
  }

  private static Growth growthOf(String memberId) {
    return members(AUDITOR).getGrowth(GetGrowthRequest.newBuilder().setMemberId(memberId).build());
  }

  private ListGrowthEntriesResponse entries(int size, String token) {
    return members(session)
        .listGrowthEntries(
            ListGrowthEntriesRequest.newBuilder().setPageSize(size).setPageToken(token).build());
  }

  private static Check check(String name) {
    return members(AUDITOR)
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .stream()
        .filter(check -> check.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long differences() {
    return members(AUDITOR)
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .stream()
        .mapToLong(Check::getDifferenceCount)
        .sum();
  }

  private void sql(String sql, String hex) {
    pool.preparedQuery(sql)
        .execute(io.vertx.mutiny.sqlclient.Tuple.of(hex))
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  private static String hex(Object id) {
    return id.toString().replace("-", "");
  }
}
