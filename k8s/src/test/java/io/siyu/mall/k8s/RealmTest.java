package io.siyu.mall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The realm for where others can reach it; the one of ./mall breaks every rule, and is found. */
class RealmTest {

  private static final JsonNode PRODUCTION = realm("k8s/components/realm/mall-realm.json");
  private static final JsonNode LOCAL =
      realm("tools/local/src/main/resources/keycloak/mall-realm.json");
  private static final List<String> CONSOLE = List.of("admin-cli", "security-admin-console");

  @Test
  void itHoldsItsRules() {
    assertThat(wrong(PRODUCTION)).isEmpty();
  }

  @Test
  void everyRuleFindsTheRealmOfADevelopmentMachine() {
    assertThat(wrong(LOCAL))
        .contains(
            "mall-admin-portal takes passwords",
            "mall-admin-portal leads to http://localhost:5173/*",
            "refresh tokens can be used again",
            "there is no rule for passwords",
            "a second factor is not asked for",
            "guessing costs nothing",
            "access tokens live for 900 s",
            "sessions live for 43200 s",
            "somebody has a known password: finance",
            "admin-cli of this realm is open",
            "security-admin-console of this realm is open",
            "nobody can look up what happened");
  }

  @Test
  void bothHaveTheSameRolesClientsAndClaims() {
    assertThat(PRODUCTION.path("roles")).isEqualTo(LOCAL.path("roles"));
    assertThat(PRODUCTION.path("components")).isEqualTo(LOCAL.path("components"));
    assertThat(claims(PRODUCTION)).isEqualTo(claims(LOCAL));
    assertThat(serviceAccounts(PRODUCTION)).isEqualTo(serviceAccounts(LOCAL));
  }

  private static List<String> wrong(JsonNode realm) {
    List<String> wrong = new ArrayList<>();
    realm.path("clients").forEach(client -> client(client, wrong));
    for (String console : CONSOLE) {
      if (each(realm.path("clients")).stream()
          .noneMatch(c -> is(c, console) && !c.path("enabled").asBoolean(true))) {
        wrong.add(console + " of this realm is open");
      }
    }
    if (!realm.path("revokeRefreshToken").asBoolean()
        || realm.path("refreshTokenMaxReuse").asInt(-1) != 0) {
      wrong.add("refresh tokens can be used again");
    }
    if (!realm.path("passwordPolicy").asText().matches(".*\\blength\\(1[2-9]\\).*notUsername.*")) {
      wrong.add("there is no rule for passwords");
    }
    if (!asksForASecondFactor(realm)) {
      wrong.add("a second factor is not asked for");
    }
    if (!realm.path("bruteForceProtected").asBoolean()
        || realm.path("failureFactor").asInt(99) > 10) {
      wrong.add("guessing costs nothing");
    }
    if (realm.path("accessTokenLifespan").asInt(9999) > 300) {
      wrong.add("access tokens live for " + realm.path("accessTokenLifespan").asInt() + " s");
    }
    if (realm.path("ssoSessionMaxLifespan").asInt(99999) > 28_800) {
      wrong.add("sessions live for " + realm.path("ssoSessionMaxLifespan").asInt() + " s");
    }
    for (JsonNode user : realm.path("users")) {
      if (user.has("credentials") || !user.has("serviceAccountClientId")) {
        wrong.add("somebody has a known password: " + user.path("username").asText());
      }
    }
    if (!realm.path("eventsEnabled").asBoolean() || !realm.path("adminEventsEnabled").asBoolean()) {
      wrong.add("nobody can look up what happened");
    }
    return wrong;
  }

  private static void client(JsonNode client, List<String> wrong) {
    String id = client.path("clientId").asText();
    if (client.path("directAccessGrantsEnabled").asBoolean(true)) {
      wrong.add(id + " takes passwords");
    }
    if (client.path("implicitFlowEnabled").asBoolean(true)) {
      wrong.add(id + " gives tokens to the address bar");
    }
    for (String list : List.of("redirectUris", "webOrigins")) {
      for (JsonNode uri : client.path(list)) {
        if (!uri.asText().matches("(https://|\\$\\{MALL_ADMIN_PORTAL_URL}).*")
            || uri.asText().equals("https://*")) {
          wrong.add(id + " leads to " + uri.asText());
        }
      }
    }
    boolean browser = client.path("standardFlowEnabled").asBoolean();
    if (browser && !"S256".equals(client.at("/attributes/pkce.code.challenge.method").asText())) {
      wrong.add(id + " does not prove its code");
    }
    if (!client.path("publicClient").asBoolean()
        && !client.path("secret").asText().matches("\\$\\{MALL_CLIENT_[A-Z]+_SECRET}")) {
      wrong.add(id + " has its secret in the file");
    }
  }

  private static boolean asksForASecondFactor(JsonNode realm) {
    List<JsonNode> flows = each(realm.path("authenticationFlows"));
    boolean always =
        flows.stream()
            .filter(flow -> has(flow, "auth-username-password-form", "REQUIRED"))
            .anyMatch(flow -> has(flow, "auth-otp-form", "REQUIRED"));
    boolean bound =
        flows.stream()
            .anyMatch(
                flow ->
                    flow.path("alias").asText().equals(realm.path("browserFlow").asText("none")));
    boolean setUp =
        each(realm.path("requiredActions")).stream()
            .anyMatch(
                action ->
                    action.path("alias").asText().equals("CONFIGURE_TOTP")
                        && action.path("defaultAction").asBoolean());
    return always && bound && setUp;
  }

  private static boolean has(JsonNode flow, String authenticator, String requirement) {
    return each(flow.path("authenticationExecutions")).stream()
        .anyMatch(
            one ->
                one.path("authenticator").asText().equals(authenticator)
                    && one.path("requirement").asText().equals(requirement));
  }

  private static Map<String, JsonNode> claims(JsonNode realm) {
    Map<String, JsonNode> claims = new TreeMap<>();
    realm
        .path("clients")
        .forEach(
            client -> claims.put(client.path("clientId").asText(), client.path("protocolMappers")));
    CONSOLE.forEach(claims::remove);
    return claims;
  }

  private static Map<String, JsonNode> serviceAccounts(JsonNode realm) {
    Map<String, JsonNode> accounts = new TreeMap<>();
    each(realm.path("users")).stream()
        .filter(user -> user.has("serviceAccountClientId"))
        .forEach(user -> accounts.put(user.path("username").asText(), user));
    return accounts;
  }

  private static boolean is(JsonNode client, String id) {
    return client.path("clientId").asText().equals(id);
  }

  private static List<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static JsonNode realm(String path) {
    try {
      return new ObjectMapper().readTree(Kubectl.ROOT.resolve(Path.of(path)).toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
