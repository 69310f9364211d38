package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.address;
import static io.siyu.mall.membership.rpc.Calls.atOnce;
import static io.siyu.mall.membership.rpc.Calls.members;
import static io.siyu.mall.membership.rpc.Calls.refresh;
import static io.siyu.mall.membership.rpc.Calls.refused;
import static io.siyu.mall.membership.rpc.Calls.requestId;
import static io.siyu.mall.membership.rpc.Calls.sessions;
import static io.siyu.mall.membership.rpc.Calls.signIn;
import static io.siyu.mall.membership.rpc.OrderEvents.completed;
import static io.siyu.mall.membership.rpc.OrderEvents.deliver;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.membership.Neighbours;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.BindPhoneRequest;
import io.siyu.mall.proto.membership.v1.BindPhoneResponse;
import io.siyu.mall.proto.membership.v1.ConfirmMergeRequestRequest;
import io.siyu.mall.proto.membership.v1.GetAddressRequest;
import io.siyu.mall.proto.membership.v1.GetGrowthRequest;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.GetMemberRequest;
import io.siyu.mall.proto.membership.v1.GetMyOpenidRequest;
import io.siyu.mall.proto.membership.v1.ListAddressesRequest;
import io.siyu.mall.proto.membership.v1.ListMergeRequestsRequest;
import io.siyu.mall.proto.membership.v1.ListMergeRequestsResponse;
import io.siyu.mall.proto.membership.v1.Member;
import io.siyu.mall.proto.membership.v1.MemberMerged;
import io.siyu.mall.proto.membership.v1.MergeRequest;
import io.siyu.mall.proto.membership.v1.MergesGrpc;
import io.siyu.mall.proto.membership.v1.MergesGrpc.MergesBlockingStub;
import io.siyu.mall.proto.membership.v1.RejectMergeRequestRequest;
import io.siyu.mall.proto.membership.v1.SaveAddressRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.UpdateMeRequest;
import io.siyu.mall.proto.order.v1.LineFact;
import io.siyu.mall.proto.order.v1.OrderFact;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import io.siyu.mall.sandbox.SandboxClient;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One person, two members, one phone. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class MergesRpcTest {

  private static final Instant NOW = Instant.now().minusSeconds(3_600);
  private static final String ADMIN = TestTokens.staff(Role.PLATFORM_ADMIN);
  private static final AtomicLong PHONES = new AtomicLong(13_700_000_000L);

  @Inject Pool pool;
  @Inject RecordedEvents events;

  private final SandboxClient weChat = MembershipEnvironment.weChat();
  private final Neighbours neighbours = Neighbours.running();
  private final String phone = Long.toString(PHONES.incrementAndGet());
  private final String masked = phone.substring(0, 3) + "****" + phone.substring(7);
  private final String oldPersona = persona(phone);
  private final String newPersona = persona(phone);
  private final Session old = signIn(oldPersona);
  private final Session young = signIn(newPersona);

  @AfterEach
  void everythingAddsUp() {
    neighbours.reset();
    assertEquals(0, differences());
  }

  @Test
  void whoHasNoHistoryGoesOnAsTheOneWithThePhone() {
    bind(old, oldPersona);
    String home = save(old, "家");
    BindPhoneRequest request = request(newPersona);
    BindPhoneResponse merged = members(young).bindPhone(request);
    assertEquals(BindPhoneResponse.Outcome.MERGED, merged.getOutcome());
    assertEquals(id(old), merged.getMember().getMemberId());
    assertEquals(List.of(id(young)), merged.getMember().getMergedIdsList());
    assertEquals(masked, merged.getMember().getPhoneMasked());
    // The same request again, by the same token: the same answer.
    assertEquals(merged, members(young).bindPhone(request));

    // The access token that still lives does nothing any more, and says why.
    assertEquals(Status.Code.UNAUTHENTICATED, refused("MEMBER_MERGED", () -> me(young)).code());
    refused("MEMBER_MERGED", () -> save(young, "x"));
    refused("MEMBER_MERGED", () -> bind(young, newPersona));
    refused(
        "MEMBER_MERGED",
        () ->
            members(young)
                .updateMe(
                    UpdateMeRequest.newBuilder()
                        .setRequestId(requestId())
                        .setVersion(young.getMember().getVersion())
                        .setNickname("x")
                        .build()));

    // Its session goes on as the survivor, and the token names whom it stands for.
    Session refreshed = sessions().refreshSession(refresh(requestId(), young.getRefreshToken()));
    assertEquals(id(old), refreshed.getMember().getMemberId());
    assertEquals(List.of(home), addresses(refreshed));
    assertTrue(claims(refreshed).contains("\"merged\":[\"" + id(young) + "\"]"));
    assertFalse(claims(old).contains("merged"));
    // And so does whoever signs in anew, in either channel.
    assertEquals(id(old), signIn(newPersona).getMember().getMemberId());
    assertEquals(id(old), signIn(oldPersona).getMember().getMemberId());

    // Each pays by the WeChat account that they signed in with.
    assertEquals(weChat.openid(newPersona), openid(refreshed));
    assertEquals(weChat.openid(oldPersona), openid(old));

    Member absorbed = member(id(young));
    assertEquals(id(old), absorbed.getMergedInto());
    assertEquals("", absorbed.getPhoneMasked());
    assertEquals(List.of(id(young)), member(id(old)).getMergedIdsList());
    // By the name in the app and by the one in all apps.
    assertEquals(
        2,
        count(
            "SELECT COUNT(*) FROM identities WHERE member_id = UNHEX(?)"
                + " AND came_with = UNHEX('"
                + hex(id(young))
                + "')",
            id(old)));
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> told(id(young)).size() == 1);
    assertEquals(id(old), told(id(young)).get(0).getSurvivorMemberId());
  }

  @Test
  void theOneWithNothingButThePhoneGoesOnAsWhoBindsIt() {
    bind(old, oldPersona);
    neighbours.ordered(id(young));
    BindPhoneResponse merged = bind(young, newPersona);
    assertEquals(BindPhoneResponse.Outcome.MERGED, merged.getOutcome());
    assertEquals(id(young), merged.getMember().getMemberId());
    assertEquals(masked, me(young).getPhoneMasked());
    refused("MEMBER_MERGED", () -> me(old));
    Session refreshed = sessions().refreshSession(refresh(requestId(), old.getRefreshToken()));
    assertEquals(id(young), refreshed.getMember().getMemberId());
  }

  @Test
  void aPhoneOfOnesOwnIsHistoryAndIsReplaced() {
    String own = persona(Long.toString(PHONES.incrementAndGet()));
    bind(old, oldPersona);
    assertEquals(BindPhoneResponse.Outcome.BOUND, bind(young, own).getOutcome());
    assertEquals(id(young), bind(young, newPersona).getMember().getMemberId());
    assertEquals(masked, me(young).getPhoneMasked());
  }

  @Test
  void whereBothHaveHistoryStaffDecide() {
    bind(old, oldPersona);
    accepted(completed(id(old), UUID.randomUUID(), 30_000, NOW));
    neighbours.seated(id(young));
    BindPhoneResponse asked = bind(young, newPersona);
    assertEquals(BindPhoneResponse.Outcome.MERGE_REQUESTED, asked.getOutcome());
    assertEquals("", me(young).getPhoneMasked());
    // Asked again, by whichever of the two: the same question.
    assertEquals(asked.getMergeRequestId(), bind(young, newPersona).getMergeRequestId());

    MergeRequest open = list(id(old)).getRequests(0);
    assertEquals(1, list(id(old)).getRequestsCount());
    assertEquals(open, list(id(young)).getRequests(0));
    assertEquals(MergeRequest.State.REQUESTED, open.getState());
    assertEquals(id(young), open.getRequesterMemberId());
    assertEquals(masked, open.getPhoneMasked());

    refused("INVALID_ARGUMENT", () -> reject(asked.getMergeRequestId(), ""));
    MergeRequest rejected = reject(asked.getMergeRequestId(), "不是同一人");
    assertEquals(MergeRequest.State.REJECTED, rejected.getState());
    assertEquals("不是同一人", rejected.getDecisionReason());
    assertFalse(rejected.getDecidedBy().isEmpty());
    refused("ILLEGAL_TRANSITION", () -> confirm(asked.getMergeRequestId(), id(old)));
    assertEquals("", member(id(young)).getMergedInto());

    // It can be asked anew, and be found otherwise.
    String again = bind(young, newPersona).getMergeRequestId();
    assertNotEquals(asked.getMergeRequestId(), again);
    refused("INVALID_ARGUMENT", () -> confirm(again, UUID.randomUUID().toString()));
    refused("MERGE_REQUEST_NOT_FOUND", () -> confirm(UUID.randomUUID().toString(), id(old)));
    ConfirmMergeRequestRequest request = confirmation(again, id(young));
    MergeRequest confirmed = merges().confirmMergeRequest(request);
    assertEquals(MergeRequest.State.CONFIRMED, confirmed.getState());
    assertEquals(id(young), confirmed.getSurvivorMemberId());
    assertEquals(confirmed, merges().confirmMergeRequest(request));
    assertEquals(masked, me(young).getPhoneMasked());
    assertEquals(300, me(young).getGrowthValue());
    assertEquals(1, me(young).getLevel());
    assertEquals(id(young), member(id(old)).getMergedInto());
  }

  @Test
  void growthAddsUpAndLateEventsFollow() {
    bind(old, oldPersona);
    UUID order = UUID.randomUUID();
    accepted(completed(id(old), UUID.randomUUID(), 150_000, NOW));
    accepted(completed(id(young), order, 60_000, NOW.plusSeconds(1)));
    confirm(bind(young, newPersona).getMergeRequestId(), id(old));
    assertEquals(2_100, me(old).getGrowthValue());
    assertEquals("金卡会员", me(old).getLevelName());
    accepted(
        OrderEvents.refunded(id(young), order, 20_000, true, NOW.plusSeconds(9)),
        completed(id(young), UUID.randomUUID(), 10_000, NOW.plusSeconds(2)));
    assertEquals(2_000, me(old).getGrowthValue());
    assertEquals(
        0,
        members(ADMIN)
            .getGrowth(GetGrowthRequest.newBuilder().setMemberId(id(young)).build())
            .getGrowthValue());
    // The order stays the absorbed member's; its growth is looked for at the survivor.
    OrderFact fact =
        OrderFact.newBuilder()
            .setOrderId(order.toString())
            .setMemberId(id(young))
            .setState("COMPLETED")
            .setCompletedAt(ProtoTime.to(NOW))
            .addLines(
                LineFact.newBuilder()
                    .setOrderLineId(UUID.randomUUID().toString())
                    .setPaid(ProtoMoney.to(Money.fen(60_000)))
                    .setRefunded(ProtoMoney.to(Money.fen(20_000))))
            .build();
    assertEquals(
        0,
        members(TestTokens.staff(Role.AUDITOR))
            .verifyOrders(VerifyOrdersRequest.newBuilder().addFacts(fact).build())
            .getChecks(0)
            .getDifferenceCount());
  }

  @Test
  void addressesMoveAsFarAsThereIsRoomAndStillOpen() {
    bind(old, oldPersona);
    for (int i = 0; i < 18; i++) {
      save(old, "old " + i);
    }
    String kept = addresses(old).get(0);
    save(young, "first");
    String second = save(young, "second");
    String third = save(young, "third");
    confirm(bind(young, newPersona).getMergeRequestId(), id(old));
    List<String> all = addresses(old);
    assertEquals(20, all.size());
    assertEquals(kept, all.get(0));
    assertTrue(all.containsAll(List.of(second, third)));
    Address opened =
        members(old).getAddress(GetAddressRequest.newBuilder().setAddressId(third).build());
    assertEquals("third", opened.getDetail());
    assertEquals(address().getPhone(), opened.getPhone());
    assertFalse(opened.getIsDefault());
  }

  @Test
  void whoIsMergedTwiceIsFoundByOneStep() {
    bind(old, oldPersona);
    bind(young, newPersona);
    String otherPhone = Long.toString(PHONES.incrementAndGet());
    String third = persona(otherPhone);
    Session last = signIn(third);
    bind(last, third);
    // The survivor proves to have the third one's phone as well, and has a phone: history.
    String code = persona(otherPhone);
    assertEquals(id(old), bind(old, code).getMember().getMemberId());
    neighbours.ordered(id(old));
    Session fourth = signIn();
    neighbours.ordered(id(fourth));
    BindPhoneResponse asked = bind(fourth, code);
    confirm(asked.getMergeRequestId(), id(fourth));
    for (Session absorbed : List.of(old, young, last)) {
      assertEquals(id(fourth), member(id(absorbed)).getMergedInto());
    }
    assertEquals(3, member(id(fourth)).getMergedIdsCount());
    accepted(completed(id(young), UUID.randomUUID(), 10_000, NOW));
    assertEquals(100, me(fourth).getGrowthValue());
  }

  @Test
  void aQuestionThatAMergeOvertakesIsClosed() {
    bind(old, oldPersona);
    neighbours.ordered(id(old));
    neighbours.ordered(id(young));
    String first = bind(young, newPersona).getMergeRequestId();
    Session third = signIn();
    neighbours.ordered(id(third));
    String second = bind(third, newPersona).getMergeRequestId();
    confirm(second, id(third));
    MergeRequest overtaken =
        list(id(young)).getRequestsList().stream()
            .filter(r -> r.getMergeRequestId().equals(first))
            .findFirst()
            .orElseThrow();
    assertEquals(MergeRequest.State.REJECTED, overtaken.getState());
    assertEquals("SYSTEM", overtaken.getDecidedBy());
  }

  @Test
  void aPhoneThatNeitherHasAnyMoreProvesNothing() {
    bind(old, oldPersona);
    neighbours.ordered(id(old));
    neighbours.ordered(id(young));
    String asked = bind(young, newPersona).getMergeRequestId();
    bind(old, persona(Long.toString(PHONES.incrementAndGet())));
    refused("MERGE_REQUEST_STALE", () -> confirm(asked, id(old)));
    assertEquals(MergeRequest.State.REQUESTED, list(id(old)).getRequests(0).getState());
  }

  @Test
  void whenANeighbourDoesNotAnswerNothingChanges() {
    bind(old, oldPersona);
    save(young, "家");
    neighbours.down();
    assertEquals(
        Status.Code.UNAVAILABLE,
        refused("UPSTREAM_UNAVAILABLE", () -> bind(young, newPersona)).code());
    neighbours.reset();
    assertEquals("", me(young).getPhoneMasked());
    assertEquals(masked, me(old).getPhoneMasked());
    assertEquals(id(young), bind(young, newPersona).getMember().getMemberId());
  }

  @Test
  void twoWhoBindAtOnceBecomeOne() throws Exception {
    BindPhoneRequest oldRequest = request(oldPersona);
    BindPhoneRequest youngRequest = request(newPersona);
    List<Callable<BindPhoneResponse>> calls =
        List.of(
            () -> members(old).bindPhone(oldRequest), () -> members(young).bindPhone(youngRequest));
    List<BindPhoneResponse> answers = atOnce(calls);
    assertEquals(
        1,
        answers.stream().filter(a -> a.getOutcome() == BindPhoneResponse.Outcome.MERGED).count());
    assertEquals(
        1,
        List.of(id(old), id(young)).stream()
            .filter(id -> member(id).getMergedInto().isEmpty())
            .count());
  }

  @Test
  void whatIsLeftWithTheAbsorbedIsFound() {
    bind(old, oldPersona);
    bind(young, newPersona);
    damage(
        "UPDATE identities SET member_id = UNHEX(?) WHERE came_with IS NOT NULL AND member_id = UNHEX(?)",
        id(young),
        id(old));
    assertEquals(1, mergedCheck().getDifferenceCount());
    damage(
        "UPDATE identities SET member_id = UNHEX(?) WHERE member_id = UNHEX(?)",
        id(old),
        id(young));
    assertEquals(0, mergedCheck().getDifferenceCount());
    damage("UPDATE members SET merged_into = UNHEX(?) WHERE id = UNHEX(?)", id(young), id(young));
    assertEquals(1, mergedCheck().getDifferenceCount());
    damage("UPDATE members SET merged_into = UNHEX(?) WHERE id = UNHEX(?)", id(old), id(young));
  }

  private void damage(String sql, String one, String other) {
    pool.preparedQuery(sql)
        .execute(io.vertx.mutiny.sqlclient.Tuple.of(hex(one), hex(other)))
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  private long count(String sql, String id) {
    return pool.preparedQuery(sql)
        .execute(io.vertx.mutiny.sqlclient.Tuple.of(hex(id)))
        .await()
        .atMost(Duration.ofSeconds(10))
        .iterator()
        .next()
        .getLong(0);
  }

  private List<MemberMerged> told(String absorbed) {
    return events.of(MemberMerged.class, "distributor").stream()
        .filter(e -> e.getAbsorbedMemberId().equals(absorbed))
        .toList();
  }

  private String persona(String number) {
    String persona = Calls.persona();
    weChat.persona(persona, number, null);
    return persona;
  }

  private BindPhoneRequest request(String persona) {
    return BindPhoneRequest.newBuilder()
        .setRequestId(requestId())
        .setPhoneCode(weChat.phoneCode(persona))
        .build();
  }

  private BindPhoneResponse bind(Session session, String persona) {
    return members(session).bindPhone(request(persona));
  }

  private static MergesBlockingStub merges() {
    return TestGrpc.as(ADMIN, MergesGrpc::newBlockingStub);
  }

  private static ListMergeRequestsResponse list(String member) {
    return merges()
        .listMergeRequests(ListMergeRequestsRequest.newBuilder().setMemberId(member).build());
  }

  private static ConfirmMergeRequestRequest confirmation(String id, String survivor) {
    return ConfirmMergeRequestRequest.newBuilder()
        .setRequestId(requestId())
        .setMergeRequestId(id)
        .setSurvivorMemberId(survivor)
        .setReason("同一人")
        .build();
  }

  private static MergeRequest confirm(String id, String survivor) {
    return merges().confirmMergeRequest(confirmation(id, survivor));
  }

  private static MergeRequest reject(String id, String reason) {
    return merges()
        .rejectMergeRequest(
            RejectMergeRequestRequest.newBuilder()
                .setRequestId(requestId())
                .setMergeRequestId(id)
                .setReason(reason)
                .build());
  }

  private static String save(Session session, String detail) {
    return members(session)
        .saveAddress(
            SaveAddressRequest.newBuilder()
                .setRequestId(requestId())
                .setAddress(address().setDetail(detail))
                .build())
        .getAddressId();
  }

  private static List<String> addresses(Session session) {
    return members(session)
        .listAddresses(ListAddressesRequest.getDefaultInstance())
        .getAddressesList()
        .stream()
        .map(Address::getAddressId)
        .toList();
  }

  private static Member me(Session session) {
    return members(session).getMe(GetMeRequest.getDefaultInstance());
  }

  private static String openid(Session session) {
    return members(session).getMyOpenid(GetMyOpenidRequest.getDefaultInstance()).getOpenid();
  }

  private static Member member(String id) {
    return members(ADMIN).getMember(GetMemberRequest.newBuilder().setMemberId(id).build());
  }

  private static String id(Session session) {
    return session.getMember().getMemberId();
  }

  private static String claims(Session session) {
    return new String(
        Base64.getUrlDecoder().decode(session.getAccessToken().split("\\.")[1]),
        StandardCharsets.UTF_8);
  }

  private static void accepted(io.siyu.mall.proto.common.v1.Event... sent) {
    deliver(sent).forEach(r -> assertEquals(Outcome.ACCEPTED, r.getOutcome(), r.toString()));
  }

  private static Check mergedCheck() {
    return checks().stream()
        .filter(check -> check.getName().equals("members.merged-hold-nothing"))
        .findFirst()
        .orElseThrow();
  }

  private static long differences() {
    return checks().stream().mapToLong(Check::getDifferenceCount).sum();
  }

  private static List<Check> checks() {
    return members(TestTokens.staff(Role.AUDITOR))
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList();
  }

  private static String hex(String id) {
    return id.replace("-", "");
  }
}
