package io.siyu.mall.membership.reconcile;

import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Difference;
import java.util.List;

/**
 * One identity, checked.
 *
 * @param name stable
 * @param compared how many values were compared
 */
record CheckResult(String name, long compared, List<Finding> findings) {

  private static final int MAX_SHOWN = 100;

  /** For the wire: the first differences, and how many there are in all. */
  Check toProto() {
    Check.Builder check =
        Check.newBuilder()
            .setName(name)
            .setCompared(compared)
            .setDifferenceCount(findings.size())
            .setDifferenceAmount(findings.stream().mapToLong(Finding::amount).sum());
    findings.stream()
        .limit(MAX_SHOWN)
        .forEach(
            finding ->
                check.addDifferences(
                    Difference.newBuilder()
                        .setKey(finding.key())
                        .setExpected(finding.expected())
                        .setActual(finding.actual())
                        .setMessage(finding.message())));
    return check.build();
  }
}
