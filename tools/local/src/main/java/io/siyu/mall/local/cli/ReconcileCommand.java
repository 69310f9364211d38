package io.siyu.mall.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.Platform;
import io.siyu.mall.local.Platform.Endpoints;
import io.siyu.mall.local.http.Http;
import io.siyu.mall.local.http.StaffToken;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks every identity of money and stock. */
@Command(
    name = "reconcile",
    description = "Check every identity of money and stock over all data.",
    mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--json", description = "As one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Endpoints at = new Platform(common.platform()).endpoints();
    Http.Answer answer =
        Http.get(
            at.gateway() + "/admin/v1/reconciliation",
            Map.of("Authorization", StaffToken.bearer(at.keycloak(), "finance")));
    if (!answer.ok()) {
      throw new LocalException(
          "The gateway does not reconcile (" + answer.status() + "): " + answer.body());
    }
    if (json) {
      System.out.println(answer.body());
    } else {
      print(answer.body(), System.out);
    }
    return differences(answer.body()) == 0 && answer.body().path("ok").asBoolean() ? 0 : 1;
  }

  private static void print(JsonNode result, PrintStream out) {
    out.println(
        String.format("%-12s %-48s %10s %12s", "scope", "check", "compared", "differences"));
    for (JsonNode check : result.path("checks")) {
      out.println(
          String.format(
              "%-12s %-48s %10d %12d",
              check.path("scope").asText(),
              check.path("name").asText(),
              check.path("compared").asLong(),
              check.path("differences").size()));
      for (JsonNode difference : check.path("differences")) {
        out.println("    " + sentence(difference));
      }
    }
    out.println();
    out.println(
        result.path("ok").asBoolean()
            ? "Every identity holds."
            : differences(result) + " differences.");
  }

  private static String sentence(JsonNode difference) {
    return difference.path("key").asText()
        + ": expected "
        + difference.path("expected").asText()
        + ", found "
        + difference.path("actual").asText()
        + " — "
        + difference.path("message").asText();
  }

  private static long differences(JsonNode result) {
    long count = 0;
    for (JsonNode check : result.path("checks")) {
      count += check.path("differences").size();
    }
    return count;
  }
}
