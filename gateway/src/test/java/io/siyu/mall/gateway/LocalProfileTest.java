package io.siyu.mall.gateway;

import static io.restassured.RestAssured.given;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Api.staff;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What exists in the profile {@code local} alone; and limits low enough to be met. */
@GatewayTest
@TestProfile(LocalProfileTest.Local.class)
class LocalProfileTest {

  /** One machine, few requests. */
  public static class Local implements QuarkusTestProfile {
    @Override
    public String getConfigProfile() {
      return "local";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path directory = Files.createTempDirectory("mall-clock");
        return Map.of(
            "mall.clock.file", directory.resolve("clock").toString(),
            "quarkus.http.test-port", "0",
            "mall.gateway.http.limits.per-caller.burst", "5",
            "mall.gateway.http.limits.per-caller.refill", "1",
            "mall.gateway.http.limits.per-caller.period", "PT30S",
            "mall.gateway.http.limits.sign-in.burst", "3",
            "mall.gateway.http.limits.sign-in.refill", "1",
            "mall.gateway.http.limits.sign-in.period", "PT30S");
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ConfigProperty(name = "mall.clock.file")
  Path clock;

  @Test
  void theClockIsMovedForwardInTheFileThatServicesRead() throws IOException {
    Files.deleteIfExists(clock);
    staff("platform-admin").get("/admin/v1/clock").then().body("offset", equalTo("PT0S"));
    staff("platform-admin")
        .body(Map.of("duration", "P8D"))
        .post("/admin/v1/clock/advance")
        .then()
        .statusCode(200)
        .body("offset", equalTo("PT192H"));
    String now =
        staff("platform-admin")
            .body(Map.of("duration", "PT1H"))
            .post("/admin/v1/clock/advance")
            .then()
            .body("offset", equalTo("PT193H"))
            .extract()
            .path("now");
    assertEquals("PT193H", Files.readString(clock));
    assertTrue(Instant.parse(now).isAfter(Instant.now().plus(Duration.ofHours(192))));
    for (String wrong : List.of("-P1D", "PT0S", "tomorrow", "P99999D")) {
      problem(
          staff("platform-admin")
              .body(Map.of("duration", wrong))
              .post("/admin/v1/clock/advance")
              .then(),
          400,
          "INVALID_ARGUMENT");
    }
    assertEquals("PT193H", Files.readString(clock));
    try (var files = Files.list(clock.getParent())) {
      assertEquals(1, files.count(), "no half-written file stays");
    }
  }

  @Test
  void onlyThePlatformMovesTheClock() {
    List<RoleMatrix.Cell> cells =
        RoleMatrix.cells().stream().filter(c -> c.path().startsWith("/admin/v1/clock")).toList();
    assertEquals(16, cells.size());
    cells.forEach(cell -> assertTrue(RoleMatrixTest.holds(cell), cell.toString()));
  }

  @Test
  void aCallerWhoAsksTooOftenWaits() {
    String token = Tokens.member();
    Response last = null;
    int served = 0;
    for (int i = 0; i < 8; i++) {
      last = given().auth().oauth2(token).get("/shop/v1/orders");
      served += last.statusCode() == 429 ? 0 : 1;
    }
    assertEquals(5, served);
    problem(last.then(), 429, "RATE_LIMITED");
    int wait = Integer.parseInt(last.header("Retry-After"));
    assertTrue(wait > 0 && wait <= 30, "wait " + wait);
    assertTrue(
        given().auth().oauth2(Tokens.member()).get("/shop/v1/orders").statusCode() != 429,
        "others are served");
  }

  @Test
  void attemptsToSignInAreFew() {
    int refused = 0;
    for (int i = 0; i < 6; i++) {
      refused +=
          given()
                      .contentType("application/json")
                      .body(Map.of("provider", "SMS", "code", "1"))
                      .post("/shop/v1/sessions")
                      .statusCode()
                  == 429
              ? 1
              : 0;
    }
    assertEquals(3, refused);
  }
}
