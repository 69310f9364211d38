package io.siyu.mall.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.e2e.Limits.Size;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the documents allow the services take, and what they do not allow is refused by the field's
 * name: the smallest and the largest of every field of every operation, through the gateway, into
 * the databases, and one beyond.
 */
@ExtendWith(RunningPlatform.class)
class BoundsJourneyTest {

  /** Not JSON that is sent and answered. */
  private static final Set<String> OTHER_WAYS =
      Set.of(
          "POST /admin/v1/catalog-imports",
          "POST /admin/v1/clock/advance",
          "GET /shop/v1/orders/{orderId}/events",
          "GET /admin/v1/reconciliation");

  /**
   * What can only be refused here, and with what: it is about money that is not there, or that a
   * provider has failed to move.
   */
  private static final Map<String, Set<String>> NOTHING_TO_DO =
      Map.of(
          "POST /admin/v1/after-sale-cases/{caseId}/reship",
          Set.of("409 EXCHANGE_NOT_OFFERED"),
          "POST /partner/v1/withdrawals",
          Set.of("400 BELOW_MINIMUM", "409 INSUFFICIENT_AVAILABLE", "409 DAILY_CAP_REACHED"),
          "POST /admin/v1/withdrawals/{withdrawalId}/approve",
          Set.of("409 ILLEGAL_TRANSITION", "404 WITHDRAWAL_NOT_FOUND"),
          "POST /admin/v1/withdrawals/{withdrawalId}/reject",
          Set.of("409 ILLEGAL_TRANSITION", "404 WITHDRAWAL_NOT_FOUND"),
          "POST /admin/v1/withdrawals/{withdrawalId}/give-up",
          Set.of("409 WITHDRAWAL_NOT_UNDER_WAY", "404 WITHDRAWAL_NOT_FOUND"),
          "POST /admin/v1/withdrawals/{withdrawalId}/retry",
          Set.of("409 WITHDRAWAL_NOT_UNDER_WAY", "404 WITHDRAWAL_NOT_FOUND"),
          "POST /admin/v1/refunds/{refundId}/pay-otherwise",
          Set.of("409 REFUND_AT_PROVIDER", "404 REFUND_NOT_FOUND"),
          "POST /admin/v1/refunds/{refundId}/redirect",
          Set.of("409 REFUND_NOT_ABNORMAL", "404 REFUND_NOT_FOUND"),
          "POST /admin/v1/refunds/{refundId}/retry",
          Set.of("409 REFUND_NOT_FAILED", "404 REFUND_NOT_FOUND"));

  /** The document calls each optional, since another will do; one must be there. */
  private static final Set<String> ONE_OF_SEVERAL =
      Set.of(
          "RuleRequest.directPerUnitFen",
          "RuleRequest.directBasisPoints",
          "RuleRevisionRequest.directPerUnitFen",
          "RuleRevisionRequest.directBasisPoints",
          "CpsLinkRequest.itemId",
          "CpsLinkRequest.url",
          "RedriveRequest.subscriber",
          "RuleScopeRequest.id");

  /** Fields that are not sent because others are; several ways where both are of use. */
  private static final Map<String, List<Set<String>>> EITHER =
      Map.of(
          "POST /admin/v1/commission-rules", perUnitOrRate("RuleRequest"),
          "PUT /admin/v1/commission-rules/{ruleId}", perUnitOrRate("RuleRevisionRequest"),
          "POST /partner/v1/cps/links",
              List.of(Set.of("CpsLinkRequest.itemId"), Set.of("CpsLinkRequest.url")),
          "POST /shop/v1/sessions",
              List.of(
                  Set.of(
                      "SignInRequest.phone", "SignInRequest.touchId", "SignInRequest.anonymousId")),
          "POST /shop/v1/trades",
              List.of(Set.of("TradeRequest.touchId", "TradeRequest.priceToken")),
          "POST /shop/v1/checkouts", List.of(Set.of("CheckoutRequest.touchId")),
          "POST /shop/v1/touches", List.of(Set.of("TouchRequest.anonymousId")));

  private final Set<String> findings = new TreeSet<>();

  private static List<Set<String>> perUnitOrRate(String schema) {
    return List.of(
        Set.of(schema + ".directPerUnitFen", schema + ".uplinePerUnitFen"),
        Set.of(schema + ".directBasisPoints", schema + ".uplineBasisPoints"));
  }

  @Test
  void whatTheDocumentsAllowTheServicesTake(Addresses addresses) {
    List<Documents.Operation> operations = Documents.read(Api.anonymous(addresses.gateway()));
    BoundsGround ground = new BoundsGround(addresses);
    for (Documents.Operation operation : operations) {
      if (!OTHER_WAYS.contains(operation.name())) {
        try {
          check(operation, ground);
        } catch (StoryFailure e) {
          findings.add(operation.name() + " cannot be prepared: " + e.getMessage());
        }
      }
    }
    assertEquals("", String.join("\n", findings));
  }

  private void check(Documents.Operation operation, BoundsGround ground) {
    Set<String> refusals = new TreeSet<>();
    boolean taken = false;
    for (Set<String> left : EITHER.getOrDefault(operation.name(), List.of(Set.of()))) {
      Limits limits = new Limits(operation.document(), ground, left, ONE_OF_SEVERAL);
      for (Size size : List.of(Size.LARGEST, Size.SMALLEST)) {
        ground.prepare(operation);
        Api.Answer answer = send(operation, ground, limits, size);
        taken |= answer.status() / 100 == 2;
        if (answer.status() / 100 == 2) {
          ground.learn(answer.json());
        }
        judge(operation, size, answer, refusals);
      }
      beyond(operation, ground, limits);
    }
    ground.restore(operation);
    boolean bounded = !operation.body().isMissingNode() || !operation.parameters("query").isEmpty();
    if (bounded
        && !taken
        && !NOTHING_TO_DO.getOrDefault(operation.name(), Set.of()).containsAll(refusals)) {
      findings.add(operation.name() + " was never taken, only refused: " + refusals);
    }
  }

  private void judge(
      Documents.Operation operation, Size size, Api.Answer answer, Set<String> refusals) {
    if (answer.status() / 100 == 2) {
      return;
    }
    String refusal = answer.status() + " " + answer.json().path("reason").asText();
    boolean known = NOTHING_TO_DO.getOrDefault(operation.name(), Set.of()).contains(refusal);
    if (!known && !Set.of(403, 404, 409).contains(answer.status())) {
      findings.add(
          operation.name() + " at its " + size + ": " + answer.status() + " " + cut(answer.body()));
    }
    refusals.add(refusal);
  }

  private void beyond(Documents.Operation operation, BoundsGround ground, Limits limits) {
    if (!operation.body().isMissingNode()) {
      JsonNode body = limits.value(operation.body(), Size.ONE_OF_EACH);
      for (Limits.Field field : limits.fields(operation.body())) {
        for (JsonNode value : limits.beyond(field)) {
          refused(
              operation,
              field.path(),
              value,
              request(operation, ground, "", Limits.with(body, field.way(), value)));
        }
      }
    }
    for (JsonNode parameter : operation.parameters("query")) {
      String name = parameter.path("name").asText();
      Limits.Field field = new Limits.Field(name, List.of(), parameter.path("schema"), false);
      for (JsonNode value : limits.beyond(field)) {
        refused(
            operation,
            name,
            value,
            request(
                operation,
                ground,
                query(operation, ground, limits, Size.SMALLEST, name) + parameter(name, value),
                operation.body()));
      }
    }
  }

  private void refused(
      Documents.Operation operation, String field, JsonNode value, Api.Answer answer) {
    boolean named =
        answer.status() == 400
            && StreamSupport.stream(answer.json().path("violations").spliterator(), false)
                .anyMatch(
                    v ->
                        v.path("field").asText().equals(field)
                            && !v.path("message").asText().isBlank());
    if (!named) {
      findings.add(
          operation.name()
              + " "
              + field
              + " = "
              + cut(value.toString())
              + ": "
              + answer.status()
              + " "
              + cut(answer.body()));
    }
  }

  private Api.Answer send(
      Documents.Operation operation, BoundsGround ground, Limits limits, Size size) {
    JsonNode body =
        operation.body().isMissingNode() ? operation.body() : limits.value(operation.body(), size);
    return request(operation, ground, query(operation, ground, limits, size, "pageToken"), body);
  }

  /**
   * The query with all its parameters, or those that must be there; another one can be appended.
   */
  private static String query(
      Documents.Operation operation, BoundsGround ground, Limits limits, Size size, String but) {
    StringBuilder query = new StringBuilder("?");
    for (JsonNode parameter : operation.parameters("query")) {
      String name = parameter.path("name").asText();
      boolean sent = size == Size.LARGEST || parameter.path("required").asBoolean();
      if (sent && !name.equals(but)) {
        JsonNode known = ground.value("", name, size);
        JsonNode value = known == null ? limits.value(parameter.path("schema"), size) : known;
        query.append(parameter(name, value));
      }
    }
    return query.toString();
  }

  private static Api.Answer request(
      Documents.Operation operation, BoundsGround ground, String query, JsonNode body) {
    Api caller = ground.caller(operation);
    String path = ground.path(operation);
    Map<String, String> headers =
        new TreeMap<>(Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    if (operation.needs("If-Match")) {
      headers.put("If-Match", caller.etag(path));
    }
    if (operation.needs("Refresh-Token")) {
      headers.put("Refresh-Token", ground.people().refreshToken());
    }
    boolean bare = body.isMissingNode();
    return caller.send(operation.method(), path + query, bare ? null : body, headers);
  }

  /** A list is its name again and again. */
  private static String parameter(String name, JsonNode value) {
    if (!value.isArray()) {
      return name + "=" + encode(value.asText()) + "&";
    }
    StringBuilder all = new StringBuilder();
    value.forEach(item -> all.append(parameter(name, item)));
    return all.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String cut(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "… (" + text.length() + ")";
  }
}
