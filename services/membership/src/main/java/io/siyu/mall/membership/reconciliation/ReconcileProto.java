package io.siyu.mall.membership.reconciliation;

import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Difference;

/** Checks on the wire. */
final class ReconcileProto {

  private static final int MAX_SHOWN = 100;

  private ReconcileProto() {}

  /** The first differences, and how many there are in all. */
  static Check check(CheckResult result) {
    Check.Builder check =
        Check.newBuilder()
            .setName(result.name())
            .setCompared(result.compared())
            .setDifferenceCount(result.findings().size())
            .setDifferenceAmount(result.findings().stream().mapToLong(Finding::amount).sum());
    result.findings().stream()
        .limit(MAX_SHOWN)
        .forEach(finding -> check.addDifferences(difference(finding)));
    return check.build();
  }

  private static Difference difference(Finding finding) {
    return Difference.newBuilder()
        .setKey(finding.key())
        .setExpected(finding.expected())
        .setActual(finding.actual())
        .setMessage(finding.message())
        .build();
  }
}
