package io.siyu.mall.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;

/** Plays the story against a running platform and tells who earned what, and why. */
public final class Demo {
  private Demo() {}

  /**
   * @param args {@code --json} to end with one line of JSON
   */
  public static void main(String[] args) throws JsonProcessingException {
    boolean json = List.of(args).contains("--json");
    Narrator narrator = new Narrator(System.out);
    try {
      StoryResult result = new Story(Addresses.fromSystemProperties(), narrator).play();
      table(narrator, result);
      if (json) {
        System.out.println(Api.JSON.writeValueAsString(result));
      }
    } catch (StoryFailure failure) {
      System.err.println("The story stopped: " + failure.getMessage());
      if (json) {
        System.out.println(
            Api.JSON.writeValueAsString(Map.of("ok", false, "failure", failure.getMessage())));
      }
      System.exit(1);
    }
  }

  private static void table(Narrator narrator, StoryResult result) {
    narrator.line("");
    narrator.line(
        String.format(
            "%-6s %-7s %-4s %14s %14s %14s %14s %12s %12s",
            "分销员", "level", "from", "earned", "reversed", "available", "paid", "tax", "debt"));
    for (StoryResult.CommissionRow row : result.commissions()) {
      narrator.line(
          String.format(
              "%-6s %-7s %-4s %14s %14s %14s %14s %12s %12s",
              row.distributor(),
              row.level(),
              row.source(),
              Yuan.of(row.earnedFen()),
              Yuan.of(row.reversedFen()),
              Yuan.of(row.availableFen()),
              Yuan.of(row.paidFen()),
              Yuan.of(row.taxFen()),
              Yuan.of(row.debtFen())));
    }
    narrator.line(
        String.format(
            "%n%d orders, paid %s, refunded %s; differences: money %d fen, stock %d pieces; %.1f s",
            result.orders(),
            Yuan.of(result.paidFen()),
            Yuan.of(result.refundedFen()),
            result.ledgerDifferenceFen(),
            result.stockDifference(),
            result.seconds()));
  }
}
