package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.atOnce;
import static io.siyu.mall.membership.rpc.Calls.refresh;
import static io.siyu.mall.membership.rpc.Calls.refused;
import static io.siyu.mall.membership.rpc.Calls.requestId;
import static io.siyu.mall.membership.rpc.Calls.sessions;
import static io.siyu.mall.membership.rpc.Calls.signIn;
import static io.siyu.mall.membership.rpc.Calls.signInRequest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.membership.session.RefreshSecret;
import io.siyu.mall.membership.session.SessionExpiry;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.RefreshSessionRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.SessionsGrpc;
import io.siyu.mall.proto.membership.v1.SignInRequest;
import io.siyu.mall.proto.membership.v1.SignOutRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class RefreshRpcTest {

  @Inject Pool pool;
  @Inject Jobs jobs;
  @Inject SessionExpiry expiry;

  @Test
  void theNextTokenWorksInstead() {
    Session first = signIn();
    Session second = sessions().refreshSession(refresh(requestId(), first.getRefreshToken()));
    Session third = sessions().refreshSession(refresh(requestId(), second.getRefreshToken()));
    assertEquals(first.getMember(), third.getMember());
    assertFalse(third.getNewMember());
    assertNotEquals(second.getAccessToken(), third.getAccessToken());
    Calls.members(third).getMe(GetMeRequest.getDefaultInstance());
  }

  @Test
  void aLostAnswerIsGivenAgain() {
    Session session = signIn();
    RefreshSessionRequest request = refresh(requestId(), session.getRefreshToken());
    Session next = sessions().refreshSession(request);
    assertEquals(next, sessions().refreshSession(request));
    // The access token that comes along makes no other request of it.
    assertEquals(
        next,
        TestGrpc.as(session.getAccessToken(), SessionsGrpc::newBlockingStub)
            .refreshSession(request));
    sessions().refreshSession(refresh(requestId(), next.getRefreshToken()));
  }

  @Test
  void aUsedTokenIsReuseWhateverItsKeyOnceTheAnswerIsOld() {
    Session session = signIn();
    RefreshSessionRequest request = refresh(requestId(), session.getRefreshToken());
    Session next = sessions().refreshSession(request);
    makeOld(request.getRequestId());
    refused("REFRESH_TOKEN_REUSED", () -> sessions().refreshSession(request));
    assertEquals("REVOKED", stateOf(next));
    refused("SESSION_ENDED", () -> again(next));
    refused("SESSION_ENDED", () -> sessions().refreshSession(request));
  }

  @Test
  void aUsedTokenIsReuseWhateverItsKeyOnceTheNextOneIsUsed() {
    Session session = signIn();
    RefreshSessionRequest request = refresh(requestId(), session.getRefreshToken());
    Session next = again(sessions().refreshSession(request));
    refused("REFRESH_TOKEN_REUSED", () -> sessions().refreshSession(request));
    assertEquals("REVOKED", stateOf(next));
    refused("SESSION_ENDED", () -> again(next));
  }

  @Test
  void aStoredAnswerIsWorthNothingWhenTheSessionIsOver() {
    for (String state : List.of("SIGNED_OUT", "REVOKED", "EXPIRED")) {
      SignInRequest signIn = signInRequest(Calls.persona()).build();
      Session session = sessions().signIn(signIn);
      assertEquals(session, sessions().signIn(signIn));
      RefreshSessionRequest request = refresh(requestId(), session.getRefreshToken());
      Session next = sessions().refreshSession(request);
      end(next, state);
      refused("SESSION_ENDED", () -> sessions().refreshSession(request));
      refused("SESSION_ENDED", () -> sessions().signIn(signIn));
    }
    Session over = signIn();
    RefreshSessionRequest request = refresh(requestId(), over.getRefreshToken());
    Session next = sessions().refreshSession(request);
    pool.preparedQuery(
            "UPDATE sessions s JOIN refresh_tokens t ON t.session_id = s.id"
                + " SET s.expires_at = s.opened_at WHERE t.token_hash = ?")
        .execute(Tuple.of(RefreshSecret.parse(next.getRefreshToken()).hash()))
        .await()
        .atMost(Duration.ofSeconds(10));
    refused("SESSION_ENDED", () -> sessions().refreshSession(request));
  }

  @Test
  void theAnswerOfASignInIsGivenAgainSoonAndUntilItsTokenIsUsed() {
    SignInRequest request = signInRequest(Calls.persona()).build();
    Session session = sessions().signIn(request);
    again(session);
    refused("REFRESH_TOKEN_REUSED", () -> sessions().signIn(request));
    SignInRequest old = signInRequest(Calls.persona()).build();
    sessions().signIn(old);
    makeOld(old.getRequestId());
    refused("WECHAT_CODE_USED", () -> sessions().signIn(old));
    // What is old does not stand in the way of another request.
    sessions().signIn(signInRequest(Calls.persona()).setRequestId(old.getRequestId()).build());
  }

  @Test
  void answersThatOpenSessionsAreStoredForMinutes() {
    SignInRequest signIn = signInRequest(Calls.persona()).build();
    RefreshSessionRequest refresh =
        refresh(requestId(), sessions().signIn(signIn).getRefreshToken());
    sessions().refreshSession(refresh);
    for (String id : List.of(signIn.getRequestId(), refresh.getRequestId())) {
      assertEquals(
          120,
          count(
              "SELECT TIMESTAMPDIFF(SECOND, created_at, expires_at) FROM stored_request"
                  + " WHERE request_id = ?",
              id));
    }
  }

  private void makeOld(String requestId) {
    pool.preparedQuery(
            "UPDATE stored_request SET expires_at = UTC_TIMESTAMP(6) WHERE request_id = ?")
        .execute(Tuple.of(requestId))
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  private void end(Session session, String state) {
    pool.preparedQuery(
            "UPDATE sessions s JOIN refresh_tokens t ON t.session_id = s.id"
                + " SET s.state = ?, s.ended_at = UTC_TIMESTAMP(6) WHERE t.token_hash = ?")
        .execute(Tuple.of(state, RefreshSecret.parse(session.getRefreshToken()).hash()))
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  @Test
  void aUsedTokenEndsTheWholeFamilyButNoOther() {
    String persona = Calls.persona();
    Session stolen = signIn(persona);
    Session other = signIn(persona);
    Session next = sessions().refreshSession(refresh(requestId(), stolen.getRefreshToken()));
    refused("REFRESH_TOKEN_REUSED", () -> again(stolen));
    refused("SESSION_ENDED", () -> again(next));
    sessions().refreshSession(refresh(requestId(), other.getRefreshToken()));
    assertEquals("REVOKED", stateOf(next));
  }

  @Test
  void theSameRequestTwiceAtOnceIsOneRefresh() throws Exception {
    for (int round = 0; round < 5; round++) {
      RefreshSessionRequest request = refresh(requestId(), signIn().getRefreshToken());
      Callable<Session> call = () -> sessions().refreshSession(request);
      List<Session> answers = atOnce(List.of(call, call, call));
      assertEquals(1, new HashSet<>(answers).size());
      sessions().refreshSession(refresh(requestId(), answers.get(0).getRefreshToken()));
    }
  }

  @Test
  void twoRequestsWithOneTokenAtOnceAreATheft() throws Exception {
    Session session = signIn();
    Callable<String> call =
        () -> {
          try {
            return again(session).getRefreshToken();
          } catch (StatusRuntimeException e) {
            return RemoteErrors.from(e).reason();
          }
        };
    List<String> answers = atOnce(List.of(call, call));
    assertTrue(answers.contains("REFRESH_TOKEN_REUSED"), answers.toString());
    String winner =
        answers.stream().filter(a -> !a.equals("REFRESH_TOKEN_REUSED")).findFirst().orElseThrow();
    refused("SESSION_ENDED", () -> sessions().refreshSession(refresh(requestId(), winner)));
  }

  @Test
  void whoSignedOutIsOut() {
    Session session = signIn();
    SignOutRequest request =
        SignOutRequest.newBuilder()
            .setRequestId(requestId())
            .setRefreshToken(session.getRefreshToken())
            .build();
    sessions().signOut(request);
    sessions().signOut(request);
    sessions().signOut(request.toBuilder().setRequestId(requestId()).build());
    refused("SESSION_ENDED", () -> again(session));
  }

  @Test
  void aSessionWhoseTimeIsOverExpires() {
    Session over = signIn();
    Session alive = signIn();
    pool.preparedQuery(
            "UPDATE sessions s JOIN refresh_tokens t ON t.session_id = s.id"
                + " SET s.expires_at = s.opened_at WHERE t.token_hash = ?")
        .execute(Tuple.of(RefreshSecret.parse(over.getRefreshToken()).hash()))
        .await()
        .atMost(Duration.ofSeconds(10));
    refused("SESSION_ENDED", () -> again(over));
    jobs.run(expiry::expireAll).await().atMost(Duration.ofSeconds(10));
    assertEquals("EXPIRED", stateOf(over));
    assertEquals("ACTIVE", stateOf(alive));
    refused("SESSION_ENDED", () -> again(over));
  }

  @Test
  void whatIsNoTokenIsRefused() {
    refused("REFRESH_TOKEN_INVALID", () -> sessions().refreshSession(refresh(requestId(), "x")));
    refused(
        "REFRESH_TOKEN_INVALID",
        () -> sessions().refreshSession(refresh(requestId(), "A".repeat(43))));
    refused(
        "REFRESH_TOKEN_INVALID",
        () -> sessions().signOut(SignOutRequest.newBuilder().setRequestId(requestId()).build()));
    Session session = signIn();
    refused(
        "INVALID_ARGUMENT",
        () -> sessions().refreshSession(refresh("", session.getRefreshToken())));
  }

  @Test
  void neitherTokensNorAnswersLieInTheDatabaseInClear() {
    Session session = signIn();
    for (String column :
        List.of(
            "SELECT COUNT(*) FROM stored_request WHERE response LIKE ?",
            "SELECT COUNT(*) FROM refresh_tokens WHERE token_hash LIKE ?")) {
      for (String secret :
          List.of(session.getRefreshToken(), session.getAccessToken().substring(0, 60))) {
        assertEquals(0, count(column, "%" + secret + "%"));
      }
    }
  }

  private static Session again(Session session) {
    return sessions().refreshSession(refresh(requestId(), session.getRefreshToken()));
  }

  private String stateOf(Session session) {
    String hash = RefreshSecret.parse(session.getRefreshToken()).hash();
    return pool.preparedQuery(
            "SELECT s.state FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id"
                + " WHERE t.token_hash = ?")
        .execute(Tuple.of(hash))
        .await()
        .atMost(Duration.ofSeconds(10))
        .iterator()
        .next()
        .getString(0);
  }

  private long count(String sql, String pattern) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(pattern))
        .await()
        .atMost(Duration.ofSeconds(10))
        .iterator()
        .next()
        .getLong(0);
  }
}
