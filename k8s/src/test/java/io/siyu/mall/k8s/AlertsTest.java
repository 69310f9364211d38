package io.siyu.mall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Alerts and dashboard speak of metrics that exist, and every alert has its page in the runbook.
 */
class AlertsTest {

  private static final Pattern METRIC =
      Pattern.compile("\\b(mall_[a-z_]+|[a-z]+_[a-z_]+_(?:count|sum|bytes|usage)|up)\\b");
  private static final Pattern LITERAL = Pattern.compile("\"(mall[._][a-z._]+)\"");
  private static final Pattern COUNTER_BY_CONSTANT =
      Pattern.compile("\\.counter\\(\\s*([A-Z_]+)\\b");
  private static final Pattern COUNTER =
      Pattern.compile("(?:\\.counter|Counter\\.builder)\\(\\s*\"(mall[._][a-z._]+)\"");

  /** Those of the frameworks, as they come out of /q/metrics. */
  private static final Set<String> OF_FRAMEWORKS =
      Set.of(
          "up",
          "http_server_requests_seconds_count",
          "http_server_requests_seconds_sum",
          "grpc_server_processing_duration_seconds_count",
          "grpc_server_processing_duration_seconds_sum",
          "jvm_memory_used_bytes",
          "process_cpu_usage");

  @Test
  void everyMetricExists() throws IOException {
    Set<String> ours = ours();
    List<String> unknown = new ArrayList<>();
    for (String expression : expressions()) {
      unknown(expression, ours).forEach(name -> unknown.add(name + " in " + expression));
    }
    assertThat(unknown).isEmpty();
    assertThat(ours)
        .contains(
            "mall_outbox_parked",
            "mall_ledger_differences",
            "mall_payment_notifications_total",
            "mall_transfer_notifications_total");
  }

  @Test
  void aMetricThatNobodyExportsIsFound() throws IOException {
    Set<String> ours = ours();
    assertThat(unknown("rate(mall_transfer_notices_total[5m]) > 5", ours))
        .containsExactly("mall_transfer_notices_total");
    // A counter is exported with the ending, a gauge without.
    assertThat(unknown("increase(mall_transfer_notifications[5m]) > 5", ours))
        .containsExactly("mall_transfer_notifications");
    assertThat(unknown("max(mall_outbox_parked_total)", ours))
        .containsExactly("mall_outbox_parked_total");
    assertThat(unknown("rate(http_server_questions_seconds_count[5m])", ours))
        .containsExactly("http_server_questions_seconds_count");
  }

  @Test
  void theDashboardCanBeDrawn() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(dashboard());
    Set<Integer> ids = new TreeSet<>();
    Set<String> cells = new TreeSet<>();
    assertThat(dashboard.get("panels")).isNotEmpty();
    for (JsonNode panel : dashboard.get("panels")) {
      String title = panel.get("title").asText();
      assertThat(title).isNotBlank();
      assertThat(ids.add(panel.get("id").asInt())).as("the id of %s", title).isTrue();
      assertThat(panel.get("targets")).as(title).isNotEmpty();
      JsonNode place = panel.get("gridPos");
      for (int x = place.get("x").asInt();
          x < place.get("x").asInt() + place.get("w").asInt();
          x++) {
        for (int y = place.get("y").asInt();
            y < place.get("y").asInt() + place.get("h").asInt();
            y++) {
          assertThat(x).as(title).isLessThan(24);
          assertThat(cells.add(x + "," + y)).as("%s lies on another", title).isTrue();
        }
      }
    }
  }

  /** What is refused is alerted, for every kind of message that the outside sends about money. */
  @Test
  void refusedCallbacksAreAlertedAndShown() {
    for (String metric :
        List.of("mall_payment_notifications_total", "mall_transfer_notifications_total")) {
      assertThat(alerts())
          .as(metric)
          .anySatisfy(
              alert ->
                  assertThat(alert.getExpr().getStrVal())
                      .contains("increase(" + metric + "{outcome!=\"taken\"}"));
      assertThat(expressions()).as(metric).anyMatch(one -> one.contains("rate(" + metric + "["));
    }
  }

  private static List<String> unknown(String expression, Set<String> ours) {
    return METRIC
        .matcher(expression)
        .results()
        .map(metric -> metric.group(1))
        .filter(name -> !OF_FRAMEWORKS.contains(name) && !ours.contains(name))
        .toList();
  }

  @Test
  void everyAlertHasItsPage() throws IOException {
    String runbook = Files.readString(Kubectl.ROOT.resolve("docs/operations/alerts.md"));
    assertThat(alerts()).hasSizeGreaterThan(8);
    for (var alert : alerts()) {
      String name = alert.getAlert();
      Map<String, String> annotations = alert.getAnnotations();
      assertThat(annotations.get("runbook_url"))
          .isEqualTo("docs/operations/alerts.md#" + name.toLowerCase(java.util.Locale.ROOT));
      assertThat(annotations.get("summary")).isNotNull();
      assertThat(runbook).contains("\n## " + name + "\n");
      assertThat(alert.getLabels().get("severity")).isIn("critical", "warning");
    }
  }

  @Test
  void linksOfTheRunbooksLeadSomewhere() throws IOException {
    Path folder = Kubectl.ROOT.resolve("docs/operations");
    try (Stream<Path> pages = Files.list(folder)) {
      for (Path page : pages.filter(one -> one.toString().endsWith(".md")).toList()) {
        Matcher link =
            Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)").matcher(Files.readString(page));
        while (link.find()) {
          assertThat(folder.resolve(link.group(1))).as("%s in %s", link.group(1), page).exists();
        }
      }
    }
  }

  @Test
  void theRunbooksNameEndpointsAndKeysThatExist() throws IOException {
    String gateway = sources("gateway");
    Set<String> known = new TreeSet<>();
    Cluster.COMPONENTS.forEach(name -> known.addAll(SourceKeys.of(name).known()));
    known.addAll(keysOfTheRealm());
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> pages = Files.list(Kubectl.ROOT.resolve("docs/operations"))) {
      for (Path page : pages.filter(one -> one.toString().endsWith(".md")).toList()) {
        String text = Files.readString(page);
        Matcher endpoint = Pattern.compile("/admin/v1(/[a-z/-]+[a-z])").matcher(text);
        while (endpoint.find()) {
          if (!gateway.contains("\"" + endpoint.group(1) + "\"")
              && !gateway.contains("\"" + endpoint.group(1) + "/")
              && !gateway.contains("\"" + lastStep(endpoint.group(1)) + "\"")) {
            wrong.add(endpoint.group() + " in " + page.getFileName());
          }
        }
        Matcher key = Pattern.compile("`(MALL_[A-Z0-9_]+)[=`]").matcher(text);
        while (key.find()) {
          if (!known.contains(key.group(1))) {
            wrong.add(key.group(1) + " in " + page.getFileName());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The environment by which Keycloak completes the realm that it imports. */
  private static Set<String> keysOfTheRealm() throws IOException {
    Set<String> keys = new TreeSet<>();
    Matcher key =
        Pattern.compile("\\$\\{(MALL_[A-Z0-9_]+)}")
            .matcher(
                Files.readString(Kubectl.ROOT.resolve("k8s/components/realm/mall-realm.json")));
    while (key.find()) {
      keys.add(key.group(1));
    }
    return keys;
  }

  private static String lastStep(String path) {
    return path.substring(path.lastIndexOf('/'));
  }

  private static String sources(String module) throws IOException {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(Kubectl.ROOT.resolve(module).resolve("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        code.append(Files.readString(file));
      }
    }
    return code.toString();
  }

  private static List<io.fabric8.openshift.api.model.monitoring.v1.Rule> alerts() {
    return Kubectl.overlay("production").all(PrometheusRule.class).stream()
        .flatMap(one -> one.getSpec().getGroups().stream())
        .flatMap(group -> group.getRules().stream())
        .toList();
  }

  private static String dashboard() {
    return Kubectl.overlay("production")
        .find(ConfigMap.class, "siyu-mall-dashboard")
        .getData()
        .get("siyu-mall.json");
  }

  private static List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    alerts().forEach(alert -> expressions.add(alert.getExpr().getStrVal()));
    Matcher expression =
        Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"").matcher(dashboard());
    while (expression.find()) {
      expressions.add(expression.group(1));
    }
    assertThat(expressions).hasSizeGreaterThan(20);
    return expressions;
  }

  /** The names of meters in the sources, as Prometheus writes them. */
  private static Set<String> ours() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String folder : List.of("services", "gateway")) {
      try (Stream<Path> files = Files.walk(Kubectl.ROOT.resolve(folder))) {
        for (Path file :
            files
                .filter(one -> one.toString().contains("/src/main/java/"))
                .filter(one -> one.toString().endsWith(".java"))
                .toList()) {
          String code = Files.readString(file);
          if (code.contains("MeterRegistry")) {
            Set<String> counters = found(COUNTER, code);
            COUNTER_BY_CONSTANT
                .matcher(code)
                .results()
                .forEach(
                    r ->
                        counters.addAll(
                            found(Pattern.compile(r.group(1) + " = \"(mall[^\"]+)\""), code)));
            Set<String> others = found(LITERAL, code);
            others.removeAll(counters);
            names.addAll(others);
            counters.forEach(name -> names.add(name + "_total"));
          }
        }
      }
    }
    return names;
  }

  private static Set<String> found(Pattern pattern, String code) {
    Set<String> names = new TreeSet<>();
    pattern.matcher(code).results().forEach(r -> names.add(r.group(1).replace('.', '_')));
    return names;
  }
}
