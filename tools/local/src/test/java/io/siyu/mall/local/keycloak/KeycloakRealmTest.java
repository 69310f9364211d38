package io.siyu.mall.local.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siyu.mall.local.FakeCheckout;
import io.siyu.mall.local.FakeCheckout.Ended;
import io.siyu.mall.local.Fixtures;
import io.siyu.mall.local.Secrets;
import io.siyu.mall.local.build.Maven;
import io.siyu.mall.local.http.Http;
import io.siyu.mall.local.http.Http.Answer;
import io.siyu.mall.local.http.StaffToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The realm, imported by the real Keycloak. */
class KeycloakRealmTest {

  @TempDir static Path directory;
  private static FakeCheckout checkout;
  private static String keycloak;

  @BeforeAll
  static void start() throws Exception {
    new KeycloakDistribution(Fixtures.cache(), new Maven(Fixtures.root(), Map.of())).ready();
    checkout = new FakeCheckout(directory);
    keycloak = "http://localhost:" + checkout.port("keycloak");
    Ended up = checkout.run("up", "keycloak");
    assertThat(up.exit()).as(up.output()).isZero();
  }

  @AfterAll
  static void stop() throws IOException {
    checkout.close();
  }

  @Test
  void aBrandAdminHasRoleBrandAndAudience() throws Exception {
    JsonNode claims = claims(StaffToken.bearer(keycloak, "brand-admin-miaomiao"));

    assertThat(claims.path("iss").asText()).isEqualTo(keycloak + "/realms/mall");
    assertThat(texts(claims.path("realm_access").path("roles"))).containsExactly("brand-admin");
    assertThat(texts(claims.path("brand_ids"))).containsExactly("miaomiao");
    assertThat(claims.path("aud").asText()).isEqualTo("mall");
  }

  @Test
  void everyStaffUserCanSignInAndHasTheRoleOfTheName() throws Exception {
    for (String user : List.of("platform-admin", "finance", "mentor", "auditor")) {
      JsonNode claims = claims(StaffToken.bearer(keycloak, user));
      assertThat(texts(claims.path("realm_access").path("roles"))).containsExactly(user);
      assertThat(claims.has("brand_ids")).isFalse();
    }
  }

  @Test
  void everySampleBrandHasStaff() throws Exception {
    Path brands = Fixtures.root().resolve("tools/local/src/main/resources/sample-brands.csv");
    for (String line : Files.readAllLines(brands).stream().skip(1).toList()) {
      String code = line.split(",")[0];
      JsonNode claims = claims(StaffToken.bearer(keycloak, "brand-admin-" + code));
      assertThat(texts(claims.path("brand_ids"))).containsExactly(code);
    }
  }

  @Test
  void aServiceSignsInWithItsGeneratedSecretOnly() throws Exception {
    Secrets secrets = Secrets.in(checkout.state().resolve("secrets.properties"));
    for (String service :
        List.of("catalog", "order", "distributor", "membership", "cps", "gateway")) {
      String secret = secrets.find("mall.client." + service + ".secret").orElseThrow();
      Answer answer = clientCredentials(service, secret);
      assertThat(answer.ok()).as(service).isTrue();
      JsonNode claims = claims("Bearer " + answer.body().path("access_token").asText());
      assertThat(texts(claims.path("realm_access").path("roles"))).containsExactly("service");
      assertThat(claims.path("azp").asText()).isEqualTo(service);
      assertThat(claims.path("aud").asText()).isEqualTo("mall");
    }
    assertThat(clientCredentials("order", "guessed").status()).isEqualTo(401);
  }

  @Test
  void thePortalMustProveItsCodeChallenge() {
    Answer answer =
        Http.get(
            keycloak
                + "/realms/mall/protocol/openid-connect/auth?response_type=code&scope=openid"
                + "&client_id=mall-admin-portal&redirect_uri=http://localhost:5173/",
            Map.of());

    assertThat(answer.status()).isNotEqualTo(200);
  }

  private static Answer clientCredentials(String client, String secret) {
    return Http.form(
        keycloak + "/realms/mall/protocol/openid-connect/token",
        Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
  }

  private static JsonNode claims(String bearer) throws IOException {
    String payload = bearer.split("\\.")[1];
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
