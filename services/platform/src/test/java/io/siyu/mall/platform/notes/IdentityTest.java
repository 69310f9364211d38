package io.siyu.mall.platform.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.notes.v1.NoteBookGrpc;
import io.siyu.mall.platform.notes.v1.WhoAmIRequest;
import io.siyu.mall.platform.notes.v1.WhoAmIResponse;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class IdentityTest {

  private static final WhoAmIRequest WHO = WhoAmIRequest.getDefaultInstance();

  @Inject Jobs jobs;
  @Inject @GrpcService NotesGrpc endpoint;

  @Test
  void noTokenIsAnonymous() {
    WhoAmIResponse who = TestGrpc.anonymous(NoteBookGrpc::newBlockingStub).whoAmI(WHO);
    assertEquals("ANONYMOUS:", who.getCaller());
    assertFalse(who.getHasToken());
  }

  @Test
  void membersStaffAndServicesAreToldApart() {
    UUID member = UUID.randomUUID();
    assertEquals("MEMBER:" + member, who(TestTokens.member(member)).getCaller());
    assertEquals("SERVICE:order", who(TestTokens.service("order")).getCaller());
    WhoAmIResponse staff =
        who(TestTokens.staff(List.of(Role.BRAND_ADMIN, Role.BRAND_OPERATOR), "miaomiao"));
    assertTrue(staff.getCaller().startsWith("STAFF:"));
    assertEquals(List.of("miaomiao"), staff.getBrandCodesList());
  }

  @Test
  void theCallersTokenTravelsOn() {
    UUID member = UUID.randomUUID();
    WhoAmIResponse who =
        TestGrpc.as(TestTokens.member(member), NoteBookGrpc::newBlockingStub).whoAmIThere(WHO);
    assertEquals("MEMBER:" + member, who.getCaller());
    assertTrue(who.getDeadlineMillis() > 0 && who.getDeadlineMillis() <= 5_000);
  }

  @Test
  void anAnonymousCallStaysAnonymous() {
    assertEquals(
        "ANONYMOUS:",
        TestGrpc.anonymous(NoteBookGrpc::newBlockingStub).whoAmIThere(WHO).getCaller());
  }

  @Test
  void aJobIsTheServiceItself() {
    WhoAmIResponse who =
        jobs.run(() -> endpoint.whoAmIThere(WHO)).await().atMost(Duration.ofSeconds(10));
    assertEquals("SERVICE:platform", who.getCaller());
  }

  @Test
  void outsideOfAnyCallNothingIsSent() {
    assertEquals(
        "ANONYMOUS:", endpoint.whoAmIThere(WHO).await().atMost(Duration.ofSeconds(10)).getCaller());
  }

  @Test
  void aTokenThatDoesNotHoldIsRefused() {
    JwtClaims expired = TestTokens.claims(TestTokens.MEMBER_ISSUER, "m");
    NumericDate past = NumericDate.now();
    past.addSeconds(-60);
    expired.setExpirationTime(past);
    refused(TestTokens.sign(expired), "TOKEN_EXPIRED");

    JwtClaims otherAudience = TestTokens.claims(TestTokens.MEMBER_ISSUER, "m");
    otherAudience.setAudience("elsewhere");
    refused(TestTokens.sign(otherAudience), "TOKEN_INVALID");

    refused(TestTokens.sign(TestTokens.claims("https://evil", "m")), "TOKEN_INVALID");
    JwtClaims good = TestTokens.claims(TestTokens.MEMBER_ISSUER, "m");
    refused(TestTokens.sign(good, TestTokens.newKey("test")), "TOKEN_INVALID");
    refused(TestTokens.sign(good, TestTokens.newKey("unknown")), "TOKEN_INVALID");
    refused("nonsense", "TOKEN_INVALID");
    String token = TestTokens.sign(good);
    refused(token.substring(0, token.lastIndexOf('.') + 1), "TOKEN_INVALID");
  }

  private static void refused(String token, String reason) {
    StatusRuntimeException failure =
        assertThrows(StatusRuntimeException.class, () -> who(token), reason);
    assertEquals(Status.Code.UNAUTHENTICATED, failure.getStatus().getCode());
    assertEquals(reason, RemoteErrors.from(failure).reason());
  }

  private static WhoAmIResponse who(String token) {
    return TestGrpc.as(token, NoteBookGrpc::newBlockingStub).whoAmI(WHO);
  }
}
