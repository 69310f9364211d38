package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.atOnce;
import static io.siyu.mall.membership.rpc.Calls.persona;
import static io.siyu.mall.membership.rpc.Calls.refused;
import static io.siyu.mall.membership.rpc.Calls.requestId;
import static io.siyu.mall.membership.rpc.Calls.sessions;
import static io.siyu.mall.membership.rpc.Calls.signIn;
import static io.siyu.mall.membership.rpc.Calls.signInRequest;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.GetMyOpenidRequest;
import io.siyu.mall.proto.membership.v1.MemberSignedIn;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.SignInProvider;
import io.siyu.mall.proto.membership.v1.SignInRequest;
import io.siyu.mall.sandbox.SandboxClient;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class SignInRpcTest {

  @Inject RecordedEvents events;

  private final SandboxClient weChat = MembershipEnvironment.weChat();

  @AfterEach
  void behave() {
    weChat.reset();
    events.reset();
  }

  @Test
  void aNewPersonBecomesAMember() {
    String persona = persona();
    Session session = signIn(persona);
    assertTrue(session.getNewMember());
    assertEquals(900, session.getExpiresInSeconds());
    assertEquals(0, session.getMember().getLevel());
    assertEquals("普通会员", session.getMember().getLevelName());
    assertEquals(
        session.getMember(), Calls.members(session).getMe(GetMeRequest.getDefaultInstance()));
    assertEquals(
        weChat.openid(persona),
        Calls.members(session).getMyOpenid(GetMyOpenidRequest.getDefaultInstance()).getOpenid());

    Session again = signIn(persona);
    assertFalse(again.getNewMember());
    assertEquals(session.getMember().getMemberId(), again.getMember().getMemberId());
    assertNotEquals(session.getRefreshToken(), again.getRefreshToken());
  }

  @Test
  void whatTheVisitorCameByIsToldToTheDistributorService() {
    String touch = UUID.randomUUID().toString();
    Session session =
        sessions()
            .signIn(
                signInRequest(persona())
                    .setTouchId(touch)
                    .setAnonymousId("anon-7")
                    .setInviteCode("ABC123")
                    .build());
    String member = session.getMember().getMemberId();
    await().until(() -> !told(member).isEmpty());
    MemberSignedIn event = told(member).get(0);
    assertTrue(event.getRegistered());
    assertEquals(touch, event.getTouchId());
    assertEquals("anon-7", event.getAnonymousId());
    assertEquals("ABC123", event.getInviteCode());
    assertTrue(event.hasAt());
  }

  @Test
  void anEventThatCannotBeDeliveredIsToldLater() {
    events.outage();
    String member = signIn().getMember().getMemberId();
    events.reset();
    await().until(() -> told(member).size() == 1);
  }

  @Test
  void theSameRequestAgainGetsTheSameAnswerThoughTheCodeIsUsed() {
    SignInRequest request = signInRequest(persona()).build();
    Session first = sessions().signIn(request);
    assertEquals(first, sessions().signIn(request));
    refused(
        "IDEMPOTENCY_KEY_REUSED",
        () -> sessions().signIn(request.toBuilder().setDevice("other").build()));
  }

  @Test
  void theSameRequestTwiceAtOnceHasOneEffectAndOneAnswer() throws Exception {
    for (int round = 0; round < 5; round++) {
      SignInRequest request = signInRequest(persona()).build();
      Callable<Session> call = () -> sessions().signIn(request);
      List<Session> answers = atOnce(List.of(call, call, call));
      assertEquals(1, new HashSet<>(answers).size());
      String member = answers.get(0).getMember().getMemberId();
      await().until(() -> !told(member).isEmpty());
      assertEquals(1, told(member).size());
    }
  }

  @Test
  void firstSignInsOfOnePersonAtOnceMakeOneMember() throws Exception {
    for (int round = 0; round < 5; round++) {
      String persona = persona();
      List<Callable<Session>> calls =
          IntStream.range(0, 4)
              .mapToObj(i -> signInRequest(persona).build())
              .map(request -> (Callable<Session>) () -> sessions().signIn(request))
              .toList();
      List<Session> answers = atOnce(calls);
      Set<String> ids = new HashSet<>();
      answers.forEach(answer -> ids.add(answer.getMember().getMemberId()));
      assertEquals(1, ids.size());
      assertEquals(1, answers.stream().filter(Session::getNewMember).count());
    }
  }

  @Test
  void aCodeThatIsNoneOrUsedOrTooManyIsSaidSo() {
    assertEquals(
        Status.Code.INVALID_ARGUMENT,
        refused(
                "WECHAT_CODE_INVALID",
                () -> sessions().signIn(signInRequest(persona()).setCode("no-code").build()))
            .code());

    SignInRequest first = signInRequest(persona()).build();
    sessions().signIn(first);
    refused(
        "WECHAT_CODE_USED",
        () -> sessions().signIn(first.toBuilder().setRequestId(requestId()).build()));

    weChat.misbehave(failing("45011"));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused("WECHAT_BUSY", () -> signIn()).code());
  }

  @ParameterizedTest
  @EnumSource(
      value = SignInProvider.class,
      names = {"WECHAT_H5", "SMS"})
  void whatIsNotOfferedIsSaidSo(SignInProvider provider) {
    assertEquals(
        Status.Code.FAILED_PRECONDITION,
        refused(
                "PROVIDER_NOT_OFFERED",
                () -> sessions().signIn(signInRequest(persona()).setProvider(provider).build()))
            .code());
  }

  @Test
  void badRequestsAreRefused() {
    refused(
        "INVALID_ARGUMENT",
        () -> sessions().signIn(signInRequest(persona()).clearProvider().build()));
    refused(
        "INVALID_ARGUMENT",
        () -> sessions().signIn(signInRequest(persona()).setProviderValue(77).build()));
    refused(
        "INVALID_ARGUMENT", () -> sessions().signIn(signInRequest(persona()).clearCode().build()));
    refused(
        "INVALID_ARGUMENT",
        () -> sessions().signIn(signInRequest(persona()).clearRequestId().build()));
    refused(
        "INVALID_ARGUMENT",
        () -> sessions().signIn(signInRequest(persona()).setTouchId("x").build()));
  }

  private List<MemberSignedIn> told(String member) {
    return events.of(MemberSignedIn.class, "distributor").stream()
        .filter(event -> event.getMemberId().equals(member))
        .toList();
  }

  private static com.fasterxml.jackson.databind.JsonNode failing(String code) {
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .createObjectNode()
        .put("operation", "wechat.code2session")
        .put("kind", "FAIL")
        .put("remaining", 1)
        .put("status", 200)
        .put("code", code)
        .put("message", "asked for");
  }
}
