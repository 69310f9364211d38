package io.siyu.mall.distributor.attribution;

import io.siyu.mall.distributor.rule.RuleTerms;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The frozen answer to "who is credited with this line, and why". Ids that do not apply are null.
 *
 * @param ruleVersion 0 when no rule matched
 * @param terms null when no rule matched or nobody is credited; then nothing is earned
 * @param explanation a sentence, Chinese
 * @param asked null when nobody is credited
 */
public record Attribution(
    Reason reason,
    UUID distributorId,
    UUID uplineId,
    UUID touchId,
    Channel channel,
    UUID bindingId,
    long policyVersion,
    UUID ruleId,
    long ruleVersion,
    RuleTerms terms,
    String explanation,
    Asked asked) {

  /**
   * When it was decided, and what of the line only the question knew: with it the rule is found
   * again.
   *
   * @param launchId empty outside a launch
   * @param categoryIds the nearest first
   */
  public record Asked(Instant at, String launchId, List<String> categoryIds) {
    public Asked {
      categoryIds = List.copyOf(categoryIds);
    }
  }

  /** Whether anybody can earn. */
  public boolean earns() {
    return distributorId != null && terms != null;
  }
}
