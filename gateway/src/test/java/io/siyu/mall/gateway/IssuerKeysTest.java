package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Api.problem;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Outside;
import io.siyu.mall.gateway.testing.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A key that its issuer took back is not believed any more, though nobody shows a new one. */
@GatewayTest
class IssuerKeysTest {

  @Test
  void tokensDieWithTheirKey() {
    String member = Tokens.memberBySecondKey();
    String staff = Tokens.staffBySecondKey("platform-admin");
    // The gateway may remember the set of a test before.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              get(member, "/shop/v1/me").statusCode(200);
              get(staff, "/admin/v1/events/parked").statusCode(200);
            });
    Outside.retireSecondKey();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              problem(get(member, "/shop/v1/me"), 401, "UNAUTHENTICATED");
              problem(get(staff, "/admin/v1/events/parked"), 401, "UNAUTHENTICATED");
            });
    get(Tokens.member(), "/shop/v1/me").statusCode(200);
  }

  private static ValidatableResponse get(String token, String path) {
    return RestAssured.given().auth().oauth2(token).get(path).then();
  }
}
