package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.admin;
import static io.siyu.mall.distributor.rpc.Cast.application;
import static io.siyu.mall.distributor.rpc.Cast.inviteBy;
import static io.siyu.mall.distributor.rpc.Cast.seller;
import static io.siyu.mall.distributor.rpc.Cast.sellerUnder;
import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.distributor.withdrawal.Withdrawals;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.personal.Sealed;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.distributor.v1.ApplyRequest;
import io.siyu.mall.proto.distributor.v1.ApproveApplicationRequest;
import io.siyu.mall.proto.distributor.v1.CloseDistributorRequest;
import io.siyu.mall.proto.distributor.v1.CreateInviteRequest;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc.DistributorsBlockingStub;
import io.siyu.mall.proto.distributor.v1.GetDistributorRequest;
import io.siyu.mall.proto.distributor.v1.GetMyDistributorRequest;
import io.siyu.mall.proto.distributor.v1.Invite;
import io.siyu.mall.proto.distributor.v1.ListInvitesRequest;
import io.siyu.mall.proto.distributor.v1.ListTeamRequest;
import io.siyu.mall.proto.distributor.v1.ReassignUplineRequest;
import io.siyu.mall.proto.distributor.v1.RejectApplicationRequest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class DistributorRpcTest {

  @Inject TestClock clock;
  @Inject Pool pool;
  @Inject PersonalCipher cipher;
  @Inject Withdrawals withdrawals;

  @AfterEach
  void now() {
    clock.reset();
  }

  private static DistributorsBlockingStub member(UUID id) {
    return TestGrpc.as(TestTokens.member(id), DistributorsGrpc::newBlockingStub);
  }

  private static DistributorsBlockingStub brand(String... codes) {
    return TestGrpc.as(
        TestTokens.staff(Role.BRAND_ADMIN, codes), DistributorsGrpc::newBlockingStub);
  }

  private static ApproveApplicationRequest approval(Distributor applied) {
    return ApproveApplicationRequest.newBuilder()
        .setRequestId(Cast.id())
        .setDistributorId(applied.getDistributorId())
        .build();
  }

  @Test
  void aRealNameOpensForItsDistributorAndMemberOnly() {
    Seller one = seller();
    Seller two = seller();
    assertTrue(cipher.decrypt(realName(one.member())).startsWith("王小"));
    execute(
        "UPDATE distributors a JOIN distributors b ON b.id = ? SET a.real_name = b.real_name"
            + " WHERE a.id = ?",
        one.id(),
        two.id());
    assertThrows(IllegalStateException.class, () -> cipher.decrypt(realName(two.member())));
    execute("UPDATE distributors SET real_name = phone WHERE id = ?", two.id());
    assertThrows(IllegalStateException.class, () -> cipher.decrypt(realName(two.member())));
    UUID stranger = UUID.randomUUID();
    execute("UPDATE distributors SET member_id = ? WHERE id = ?", stranger, one.id());
    assertThrows(IllegalStateException.class, () -> cipher.decrypt(realName(stranger)));
  }

  private Sealed realName(UUID memberId) {
    return pool.withConnection(c -> withdrawals.receiver(SqlTransaction.of(c), memberId))
        .await()
        .indefinitely()
        .realName();
  }

  private void execute(String sql, Object... params) {
    int rows =
        pool.withConnection(c -> SqlTransaction.of(c).execute(sql, params)).await().indefinitely();
    assertEquals(1, rows, sql);
  }

  @Test
  void joiningTakesACodeAndAnApprovalAndFixesTheUpline() {
    Seller upline = seller();
    UUID member = UUID.randomUUID();
    ApplyRequest request = application(inviteBy(upline.distributors()));
    Distributor applied = member(member).apply(request);
    assertEquals(applied, member(member).apply(request));
    assertEquals(DistributorState.APPLIED, applied.getState());
    assertTrue(applied.getUplineId().isEmpty());
    refused(
        "ALREADY_DISTRIBUTOR",
        () -> member(member).apply(request.toBuilder().setRequestId(Cast.id()).build()));

    ApproveApplicationRequest approval = approval(applied);
    DistributorsBlockingStub admin = admin();
    Distributor active = admin.approveApplication(approval);
    assertEquals(active, admin.approveApplication(approval));
    assertEquals(upline.id().toString(), active.getUplineId());
    assertEquals(
        active, member(member).getMyDistributor(GetMyDistributorRequest.getDefaultInstance()));
    assertEquals(
        List.of(active),
        upline.distributors().listTeam(ListTeamRequest.getDefaultInstance()).getDistributorsList());
    refused(
        "ILLEGAL_TRANSITION",
        () -> admin.approveApplication(approval.toBuilder().setRequestId(Cast.id()).build()));
  }

  @Test
  void nothingThatIdentifiesThePersonIsStoredOrShownInClear() {
    UUID member = UUID.randomUUID();
    ApplyRequest request =
        application(inviteBy(admin())).toBuilder()
            .setRealName("欧阳询问")
            .setPhone("13987654321")
            .build();
    Distributor applied = member(member).apply(request);
    assertEquals("139****4321", applied.getPhoneMasked());
    assertFalse(applied.toString().contains("13987654321"));
    assertFalse(applied.getRealNameMasked().contains("阳询"));
    String stored =
        pool.preparedQuery(
                "SELECT real_name, phone, phone_hash, real_name_masked FROM distributors")
            .execute()
            .map(
                rows -> {
                  StringBuilder all = new StringBuilder();
                  rows.forEach(row -> all.append(row.deepToString()));
                  return all.toString();
                })
            .await()
            .indefinitely();
    assertFalse(stored.contains("13987654321") || stored.contains("欧阳询问"));
  }

  @Test
  void codesExpireAndAreUsedUp() {
    Invite invite =
        admin()
            .createInvite(
                CreateInviteRequest.newBuilder()
                    .setRequestId(Cast.id())
                    .setUses(1)
                    .setValidDays(2)
                    .build());
    refused("INVITE_UNKNOWN", () -> member(UUID.randomUUID()).apply(application("AAAABBBBCCCC")));
    clock.advance(Duration.ofDays(2));
    refused(
        "INVITE_EXPIRED",
        () -> member(UUID.randomUUID()).apply(application(invite.getInviteCode())));
    clock.reset();
    member(UUID.randomUUID()).apply(application(invite.getInviteCode()));
    refused(
        "INVITE_USED_UP",
        () -> member(UUID.randomUUID()).apply(application(invite.getInviteCode())));
  }

  @Test
  void theLastUseOfACodeIsUsedOnceHoweverManyCome() throws Exception {
    String code =
        admin()
            .createInvite(
                CreateInviteRequest.newBuilder().setRequestId(Cast.id()).setUses(3).build())
            .getInviteCode();
    ExecutorService threads = Executors.newFixedThreadPool(12);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ApplyRequest request = application(code);
      calls.add(
          () -> {
            try {
              member(UUID.randomUUID()).apply(request);
              return "APPLIED";
            } catch (StatusRuntimeException e) {
              return RemoteErrors.from(e).reason();
            }
          });
    }
    List<String> outcomes = new ArrayList<>();
    for (Future<String> outcome : threads.invokeAll(calls)) {
      outcomes.add(outcome.get());
    }
    threads.shutdown();
    assertEquals(3, outcomes.stream().filter("APPLIED"::equals).count(), outcomes.toString());
    assertEquals(
        9, outcomes.stream().filter("INVITE_USED_UP"::equals).count(), outcomes.toString());
  }

  @Test
  void nobodyIsTheirOwnUplineAndNoLoopCanBeMade() {
    Seller top = seller();
    Seller middle = sellerUnder(top);
    Seller low = sellerUnder(middle);
    ReassignUplineRequest loop =
        ReassignUplineRequest.newBuilder()
            .setRequestId(Cast.id())
            .setDistributorId(top.id().toString())
            .setUplineId(low.id().toString())
            .setReason("测试")
            .build();
    refused("UPLINE_LOOP", () -> admin().reassignUpline(loop));
    refused(
        "UPLINE_SELF",
        () -> admin().reassignUpline(loop.toBuilder().setUplineId(top.id().toString()).build()));
    refused(
        "INVALID_ARGUMENT", () -> admin().reassignUpline(loop.toBuilder().clearReason().build()));
    Distributor moved =
        admin()
            .reassignUpline(
                loop.toBuilder()
                    .setDistributorId(low.id().toString())
                    .setUplineId(top.id().toString())
                    .build());
    assertEquals(top.id().toString(), moved.getUplineId());
  }

  @Test
  void brandsInviteForThemselvesAndThePlatformDecides() {
    Invite invite =
        brand("miaomiao")
            .createInvite(
                CreateInviteRequest.newBuilder().setRequestId(Cast.id()).setUses(2).build());
    assertEquals("BRAND", invite.getInviterKind());
    assertEquals("miaomiao", invite.getInviterId());
    refused(
        "OTHER_BRAND",
        () ->
            brand("miaomiao")
                .createInvite(
                    CreateInviteRequest.newBuilder()
                        .setRequestId(Cast.id())
                        .setBrandCode("other")
                        .build()));
    Distributor applied = member(UUID.randomUUID()).apply(application(invite.getInviteCode()));
    refused("ROLE_REQUIRED", () -> brand("miaomiao").approveApplication(approval(applied)));
    refused(
        "ROLE_REQUIRED",
        () ->
            brand("miaomiao")
                .getDistributor(
                    GetDistributorRequest.newBuilder()
                        .setDistributorId(applied.getDistributorId())
                        .build()));
    assertEquals(DistributorState.ACTIVE, admin().approveApplication(approval(applied)).getState());
    // Another role that reads everything does not widen for whom one invites.
    refused(
        "OTHER_BRAND",
        () ->
            TestGrpc.as(
                    TestTokens.staff(List.of(Role.BRAND_ADMIN, Role.AUDITOR), "miaomiao"),
                    DistributorsGrpc::newBlockingStub)
                .createInvite(
                    CreateInviteRequest.newBuilder()
                        .setRequestId(Cast.id())
                        .setBrandCode("other")
                        .build()));
    assertTrue(
        brand("miaomiao")
            .listInvites(ListInvitesRequest.getDefaultInstance())
            .getInvitesList()
            .stream()
            .allMatch(i -> i.getInviterId().equals("miaomiao")));
  }

  @Test
  void whoeverWasTurnedDownOrClosedMayApplyAnew() {
    UUID member = UUID.randomUUID();
    String code = inviteBy(admin());
    Distributor first = member(member).apply(application(code));
    admin()
        .rejectApplication(
            RejectApplicationRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(first.getDistributorId())
                .setReason("资料不全")
                .build());
    Distributor second = member(member).apply(application(code));
    admin().approveApplication(approval(second));
    admin()
        .closeDistributor(
            CloseDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(second.getDistributorId())
                .setReason("本人申请")
                .build());
    assertEquals(DistributorState.APPLIED, member(member).apply(application(code)).getState());
  }

  @Test
  void listsArePaged() {
    Seller upline = seller();
    for (int i = 0; i < 5; i++) {
      sellerUnder(upline);
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      var page =
          upline
              .distributors()
              .listTeam(ListTeamRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getDistributorsList().forEach(d -> seen.add(d.getDistributorId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertEquals(5, seen.stream().distinct().count());
    assertEquals(5, seen.size());
    refused(
        "INVALID_ARGUMENT",
        () ->
            upline
                .distributors()
                .listTeam(ListTeamRequest.newBuilder().setPageToken("nonsense").build()));
  }
}
