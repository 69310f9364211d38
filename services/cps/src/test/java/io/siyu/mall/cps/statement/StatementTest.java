package io.siyu.mall.cps.statement;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.cps.CpsEnvironment;
import io.siyu.mall.cps.TestOutsideClock;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.lease.Leases;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sync.SyncPlatform;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.cps.v1.GetStatementRequest;
import io.siyu.mall.proto.cps.v1.ListStatementDifferencesRequest;
import io.siyu.mall.proto.cps.v1.ListStatementDifferencesResponse;
import io.siyu.mall.proto.cps.v1.ListStatementsRequest;
import io.siyu.mall.proto.cps.v1.StartStatementRequest;
import io.siyu.mall.proto.cps.v1.StatementDifference;
import io.siyu.mall.proto.cps.v1.StatementDifference.Kind;
import io.siyu.mall.proto.cps.v1.StatementDifference.Reason;
import io.siyu.mall.proto.cps.v1.StatementState;
import io.siyu.mall.proto.cps.v1.StatementsGrpc;
import io.siyu.mall.proto.cps.v1.StatementsGrpc.StatementsBlockingStub;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.http.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ours against theirs, from the sandbox's settlement side. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(CpsEnvironment.class)
class StatementTest {

  static final Duration LONG = Duration.ofSeconds(60);

  /** The sandbox forgets no orders: each test has a year of its own. */
  static final AtomicInteger YEAR = new AtomicInteger(2_042);

  final int year = YEAR.incrementAndGet();

  /** Midnight in Shanghai, when October ends. */
  final Instant end = Instant.parse(year + "-10-31T16:00:00Z");

  final Instant middle = Instant.parse(year + "-10-15T04:00:00Z");

  @Inject SyncPlatform syncPlatform;
  @Inject StatementJobs statementJobs;
  @Inject MakeStatement make;
  @Inject Leases leases;
  @Inject Platforms platforms;
  @Inject Jobs jobs;
  @Inject Pool pool;
  @Inject TestClock clock;
  @Inject TestOutsideClock outside;

  SandboxClient taobao;

  @BeforeEach
  void begin() {
    clear();
    taobao = CpsEnvironment.taobao();
    taobao.reset();
    taobao.taobaoSettings(Json.object("callsPerSecond", 100_000));
    at(middle);
  }

  @AfterEach
  void tearDown() {
    clear();
    clock.reset();
    taobao.reset();
  }

  private void clear() {
    for (String table :
        List.of(
            "cps_orders",
            "cps_documents",
            "clawbacks",
            "sync_cursors",
            "syncs",
            "outbox",
            "sync_leases",
            "statements",
            "statement_lines",
            "statement_differences")) {
      execute("DELETE FROM " + table);
    }
  }

  @Test
  void oursAndTheirsAgree() {
    order("SETTLED", 1_000, 100, middle.minusSeconds(60));
    order("PAID", 7_000, 100, middle.minusSeconds(60));
    String back = order("SETTLED", 2_000, 0, middle.minusSeconds(50));
    clawback(back, "k1", 300, 2, middle.minusSeconds(40));
    clawback(back, "k2", 999, 4, middle.minusSeconds(40));
    sync();
    // The month's edges: the last second is in it, the first one after it is not.
    at(end.plusSeconds(3_600));
    order("SETTLED", 500, 0, end.minusSeconds(1));
    order("SETTLED", 90_000, 0, end);
    sync();
    var made = made(start(year + "-10"));
    assertEquals(StatementState.STATEMENT_DONE, made.getState(), made.getError());
    assertEquals(0, made.getDifferences(), differences(made.getStatementId(), 100).toString());
    for (var side : List.of(made.getOurs(), made.getTheirs())) {
      assertEquals(3, side.getOrders());
      assertEquals(900 + 2_000 + 500, side.getSettled().getMinorUnits());
      assertEquals(100, side.getFees().getMinorUnits());
      assertEquals(1, side.getClawbacks());
      assertEquals(300, side.getClawedBack().getMinorUnits());
    }
    assertEquals(0, count("SELECT COUNT(*) FROM statement_lines"), "they are done with");
  }

  @Test
  void whateverDiffersIsListedByOrder() {
    String same = order("SETTLED", 1_000, 0, middle.minusSeconds(60));
    String other = order("SETTLED", 2_000, 0, middle.minusSeconds(59));
    String gone = order("SETTLED", 4_000, 50, middle.minusSeconds(58));
    clawback(same, "k1", 100, 2, middle.minusSeconds(40));
    clawback(same, "k2", 200, 2, middle.minusSeconds(40));
    sync();
    // What happens now, no sync brings.
    taobao.taobaoAdvance(other, change("SETTLED", 2_500));
    taobao.taobaoAdvance(gone, change("INVALID", 0));
    String missed = order("SETTLED", 8_000, 10, middle.minusSeconds(57));
    clawback(same, "k2", 250, 2, middle.minusSeconds(40));
    clawback(same, "k3", 300, 2, middle.minusSeconds(40));
    execute("UPDATE clawbacks SET refund_no = 'k9' WHERE refund_no LIKE 'k1%'");
    at(end.plusSeconds(3_600));
    var made = made(start(year + "-10"));
    assertEquals(StatementState.STATEMENT_DONE, made.getState(), made.getError());
    Map<String, StatementDifference> found = new HashMap<>();
    List<StatementDifference> listed = differences(made.getStatementId(), 2);
    assertEquals(7, listed.size());
    listed.forEach(one -> found.put(one.getOrderNo() + one.getRefundNo(), one));
    assertEquals(7, made.getDifferences());
    assertEquals(7, found.size());
    assertDifference(found.get(other), Kind.ORDER, Reason.AMOUNT_DIFFERS, 2_000L, 2_500L);
    assertDifference(found.get(gone), Kind.ORDER, Reason.MISSING_AT_THEIRS, 3_950L, null);
    assertEquals(50, found.get(gone).getOursFee().getMinorUnits());
    assertDifference(found.get(missed), Kind.ORDER, Reason.MISSING_AT_OURS, null, 7_990L);
    assertEquals(10, found.get(missed).getTheirsFee().getMinorUnits());
    assertDifference(
        found.get(same + "k1" + same), Kind.CLAWBACK, Reason.MISSING_AT_OURS, null, 100L);
    assertDifference(found.get(same + "k9"), Kind.CLAWBACK, Reason.MISSING_AT_THEIRS, 100L, null);
    assertDifference(
        found.get(same + "k2" + same), Kind.CLAWBACK, Reason.AMOUNT_DIFFERS, 200L, 250L);
    assertDifference(
        found.get(same + "k3" + same), Kind.CLAWBACK, Reason.MISSING_AT_OURS, null, 300L);
    assertEquals(7_000 - 50, made.getOurs().getSettled().getMinorUnits());
    assertEquals(1_000 + 2_500 + 7_990, made.getTheirs().getSettled().getMinorUnits());
    assertEquals(650, made.getTheirs().getClawedBack().getMinorUnits());
  }

  @Test
  void manyOrdersAreReadPageByPageAndOnceMadeItCanBeMadeAgain() {
    // Every fourth of them is settled.
    taobao.taobaoBatch(
        Json.object(
            "count",
            2_000,
            "from",
            middle.minusSeconds(3_600),
            "to",
            middle.minusSeconds(60),
            "relationIds",
            List.of("2900000000")));
    sync();
    execute("DELETE FROM cps_orders WHERE settled_fen IS NOT NULL ORDER BY id LIMIT 30");
    at(end.plusSeconds(3_600));
    var first = made(start(year + "-10"));
    assertEquals(500, first.getTheirs().getOrders());
    assertEquals(470, first.getOurs().getOrders());
    assertEquals(30, first.getDifferences());
    at(middle);
    sync();
    at(end.plusSeconds(3_600));
    var again = made(start(year + "-10"));
    assertEquals(first.getStatementId(), again.getStatementId());
    assertEquals(0, again.getDifferences());
    assertEquals(500, again.getOurs().getOrders());
    assertEquals(0, differences(again.getStatementId(), 100).size());
  }

  @Test
  void eachMonthIsMadeByItselfOnceThePlatformHasPaid() {
    at(Instant.parse(year + "-11-19T15:59:59Z"));
    all();
    assertEquals(List.of(year + "-09"), months());
    at(Instant.parse(year + "-11-19T16:00:00Z"));
    all();
    all();
    assertEquals(List.of(year + "-10", year + "-09"), months());
    assertEquals(2, count("SELECT COUNT(*) FROM statements WHERE started_by = 'SCHEDULE'"));
  }

  @Test
  void whatFailedOrWasInterruptedIsTriedAgain() {
    at(Instant.parse(year + "-11-25T00:00:00Z"));
    taobao.misbehave(
        Json.object("operation", "taobao.rest", "kind", "FAIL", "status", 200, "code", "isv.x"));
    all();
    var failed = list().getStatements(0);
    assertEquals(StatementState.STATEMENT_FAILED, failed.getState());
    assertTrue(failed.getError().contains("isv.x"), failed.getError());
    taobao.reset();
    taobao.taobaoSettings(Json.object("callsPerSecond", 100_000));
    all();
    assertEquals(StatementState.STATEMENT_DONE, list().getStatements(0).getState());
    // As a kill leaves it; what was asked for and never begun is found like that, too.
    execute("UPDATE statements SET state = 'RUNNING', ended_at = NULL");
    all();
    assertEquals(StatementState.STATEMENT_DONE, list().getStatements(0).getState());
  }

  @Test
  void oneReplicaAtATimeMakesThem() {
    at(end.plusSeconds(3_600));
    execute(
        "INSERT INTO statements (id, platform, month, state, started_by, started_at) VALUES"
            + " (x'00', 'TAOBAO', '"
            + year
            + "-10', 'QUEUED', 'x', UTC_TIMESTAMP(6))");
    assertTrue(on(() -> leases.take("STATEMENT-TAOBAO")).isPresent());
    assertFalse(
        on(() -> make.make(platforms.require(Platform.TAOBAO), java.time.YearMonth.of(year, 10))));
  }

  @Test
  void staffAskForMonthsThatAreOver() {
    at(end.minusSeconds(1));
    assertRefused(Status.Code.FAILED_PRECONDITION, () -> start(year + "-10"));
    assertRefused(Status.Code.INVALID_ARGUMENT, () -> start(year + "-13"));
    assertRefused(Status.Code.INVALID_ARGUMENT, () -> start("last"));
    at(end);
    StartStatementRequest request = request(year + "-10");
    var finance = as(Role.FINANCE);
    var queued = finance.startStatement(request);
    assertEquals(queued, finance.startStatement(request));
    assertRefused(Status.Code.PERMISSION_DENIED, () -> as(Role.AUDITOR).startStatement(request));
    assertRefused(
        Status.Code.PERMISSION_DENIED,
        () -> as(Role.MENTOR).listStatements(ListStatementsRequest.getDefaultInstance()));
    assertRefused(
        Status.Code.NOT_FOUND,
        () ->
            as(Role.AUDITOR)
                .getStatement(
                    GetStatementRequest.newBuilder()
                        .setStatementId(UUID.randomUUID().toString())
                        .build()));
    made(queued);
  }

  @Test
  void statementsAreListedTheNewestMonthFirst() {
    at(end);
    for (String month : List.of(year + "-07", year + "-09", year + "-08")) {
      made(start(month));
    }
    var page =
        as(Role.AUDITOR).listStatements(ListStatementsRequest.newBuilder().setPageSize(2).build());
    assertEquals(2, page.getStatementsCount());
    assertEquals(year + "-09", page.getStatements(0).getMonth());
    var rest =
        as(Role.AUDITOR)
            .listStatements(
                ListStatementsRequest.newBuilder()
                    .setPageSize(2)
                    .setPageToken(page.getNextPageToken())
                    .build());
    assertEquals(year + "-07", rest.getStatements(0).getMonth());
    assertEquals("", rest.getNextPageToken());
  }

  private static void assertDifference(
      StatementDifference one, Kind kind, Reason reason, Long ours, Long theirs) {
    assertEquals(kind, one.getKind());
    assertEquals(reason, one.getReason());
    assertEquals(ours, one.hasOurs() ? one.getOurs().getMinorUnits() : null);
    assertEquals(theirs, one.hasTheirs() ? one.getTheirs().getMinorUnits() : null);
  }

  private io.siyu.mall.proto.cps.v1.Statement start(String month) {
    return as(Role.FINANCE).startStatement(request(month));
  }

  private static StartStatementRequest request(String month) {
    return StartStatementRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPlatform(io.siyu.mall.proto.cps.v1.Platform.TAOBAO)
        .setMonth(month)
        .build();
  }

  private io.siyu.mall.proto.cps.v1.Statement made(io.siyu.mall.proto.cps.v1.Statement queued) {
    GetStatementRequest request =
        GetStatementRequest.newBuilder().setStatementId(queued.getStatementId()).build();
    return await()
        .atMost(LONG)
        .until(
            () -> as(Role.AUDITOR).getStatement(request),
            one ->
                one.getState() == StatementState.STATEMENT_DONE
                    || one.getState() == StatementState.STATEMENT_FAILED);
  }

  private List<StatementDifference> differences(String id, int size) {
    List<StatementDifference> all = new ArrayList<>();
    String token = "";
    do {
      ListStatementDifferencesResponse page =
          as(Role.AUDITOR)
              .listStatementDifferences(
                  ListStatementDifferencesRequest.newBuilder()
                      .setStatementId(id)
                      .setPageSize(size)
                      .setPageToken(token)
                      .build());
      all.addAll(page.getDifferencesList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private io.siyu.mall.proto.cps.v1.ListStatementsResponse list() {
    return as(Role.AUDITOR).listStatements(ListStatementsRequest.getDefaultInstance());
  }

  private List<String> months() {
    return list().getStatementsList().stream()
        .map(io.siyu.mall.proto.cps.v1.Statement::getMonth)
        .toList();
  }

  private void all() {
    var platform = platforms.require(Platform.TAOBAO);
    on(() -> statementJobs.queueLastPaid(platform).chain(() -> statementJobs.all(platform)));
  }

  private String order(String status, long commission, long fee, Instant at) {
    return taobao
        .taobaoOrder(
            Json.object(
                "status", status, "commissionFen", commission, "serviceFeeFen", fee, "at", at))
        .get("tradeId")
        .asText();
  }

  private ObjectNode change(String status, long commission) {
    return Json.object(
        "status", status, "at", middle.minusSeconds(30), "commissionFen", commission);
  }

  private void clawback(String trade, String suit, long fen, int status, Instant at) {
    taobao.taobaoClawback(
        trade, Json.object("suitId", suit + trade, "feeFen", fen, "status", status, "at", at));
  }

  private void at(Instant instant) {
    clock.set(instant);
    outside.set(instant);
  }

  private void sync() {
    execute("DELETE FROM sync_cursors");
    on(() -> syncPlatform.run(platforms.require(Platform.TAOBAO), "TEST")).orElseThrow();
  }

  private <T> T on(Supplier<Uni<T>> work) {
    return jobs.run(work).await().atMost(LONG);
  }

  private static StatementsBlockingStub as(Role role) {
    return TestGrpc.as(TestTokens.staff(role), StatementsGrpc::newBlockingStub);
  }

  private void execute(String sql) {
    pool.query(sql).execute().await().atMost(LONG);
  }

  private long count(String sql) {
    return pool.query(sql).execute().await().atMost(LONG).iterator().next().getLong(0);
  }

  private static void assertRefused(Status.Code code, Supplier<?> call) {
    assertEquals(code, assertThrows(StatusRuntimeException.class, call::get).getStatus().getCode());
  }
}
