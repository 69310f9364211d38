package io.siyu.mall.local.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    production(checkout.state().resolve("keycloak/data/import/production.json"));
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

  @Test
  void inProductionNobodySignsInByPasswordAlone() {
    for (String client : List.of("mall-admin-portal", "admin-cli", "security-admin-console")) {
      Answer answer =
          Http.form(
              keycloak + "/realms/production/protocol/openid-connect/token",
              Map.of(
                  "grant_type", "password",
                  "client_id", client,
                  "username", "finance",
                  "password", "mall-finance"));
      assertThat(answer.status()).as(client).isIn(400, 401);
      assertThat(answer.body().path("error").asText())
          .as(client)
          .isIn("unauthorized_client", "invalid_client");
    }
  }

  @Test
  void inProductionThePortalIsAtItsAddressAndProvesItsCode() {
    String challenge =
        "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeGV0tVQ1Kyc3WnNNyoY";
    assertThat(portal("https://portal.example.com/", challenge)).isEqualTo(200);
    assertThat(portal("http://localhost:5173/", challenge)).isEqualTo(400);
    assertThat(portal("https://portal.example.com.evil.example/", challenge)).isEqualTo(400);
    assertThat(portal("https://portal.example.com/", "")).isNotEqualTo(200);
    assertThat(
            portal(
                "https://portal.example.com/",
                "&code_challenge_method=plain&code_challenge=" + "x".repeat(43)))
        .isNotEqualTo(200);
  }

  @Test
  void inProductionServicesSignInForFiveMinutes() throws Exception {
    Secrets secrets = Secrets.in(checkout.state().resolve("secrets.properties"));
    String secret = secrets.find("mall.client.order.secret").orElseThrow();
    Answer answer = clientCredentials("production", "order", secret);
    assertThat(answer.ok()).isTrue();
    assertThat(answer.body().path("expires_in").asInt()).isEqualTo(300);
    JsonNode claims = claims("Bearer " + answer.body().path("access_token").asText());
    assertThat(texts(claims.path("realm_access").path("roles"))).containsExactly("service");
    assertThat(claims.path("aud").asText()).isEqualTo("mall");
  }

  @Test
  void whatTheFileSaysIsWhatKeycloakDoes() {
    Secrets secrets = Secrets.in(checkout.state().resolve("secrets.properties"));
    Answer admin =
        Http.form(
            keycloak + "/realms/master/protocol/openid-connect/token",
            Map.of(
                "grant_type", "password",
                "client_id", "admin-cli",
                "username", "admin",
                "password", secrets.find("mall.keycloak.admin.password").orElseThrow()));
    JsonNode realm =
        Http.get(
                keycloak + "/admin/realms/production",
                Map.of("Authorization", "Bearer " + admin.body().path("access_token").asText()))
            .body();
    assertThat(realm.path("revokeRefreshToken").asBoolean()).isTrue();
    assertThat(realm.path("refreshTokenMaxReuse").asInt()).isZero();
    assertThat(realm.path("browserFlow").asText()).isEqualTo("browser with second factor");
    assertThat(realm.path("bruteForceProtected").asBoolean()).isTrue();
    assertThat(realm.path("passwordPolicy").asText()).contains("length(14)");
    assertThat(realm.path("adminEventsEnabled").asBoolean()).isTrue();
  }

  /** The realm of k8s/components/realm, under another name beside the one of this machine. */
  private static void production(Path file) throws IOException {
    JsonNode realm =
        new ObjectMapper()
            .readTree(
                Files.readString(Fixtures.root().resolve("k8s/components/realm/mall-realm.json"))
                    .replace("${MALL_ADMIN_PORTAL_URL}", "https://portal.example.com"));
    ((ObjectNode) realm).put("realm", "production");
    realm.path("users").forEach(user -> ((ObjectNode) user).remove("id"));
    Files.createDirectories(file.getParent());
    Files.writeString(file, realm.toString());
  }

  private static int portal(String address, String challenge) {
    return Http.get(
            keycloak
                + "/realms/production/protocol/openid-connect/auth?response_type=code&scope=openid"
                + "&client_id=mall-admin-portal&redirect_uri="
                + address
                + challenge,
            Map.of())
        .status();
  }

  private static Answer clientCredentials(String client, String secret) {
    return clientCredentials("mall", client, secret);
  }

  private static Answer clientCredentials(String realm, String client, String secret) {
    return Http.form(
        keycloak + "/realms/" + realm + "/protocol/openid-connect/token",
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
