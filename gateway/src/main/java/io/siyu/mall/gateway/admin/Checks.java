package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.admin.ReconciliationViews.AdminCheck;
import io.siyu.mall.gateway.admin.ReconciliationViews.AdminDifference;
import io.siyu.mall.gateway.admin.ReconciliationViews.AdminReconciliation;
import io.siyu.mall.proto.common.v1.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the answers of many pages and services: one check per service and name. */
final class Checks {

  private static final int DIFFERENCES_SHOWN = 100;

  private final Map<String, AdminCheck> byName = new TreeMap<>();
  private boolean pending;

  /** Some events have not arrived yet. */
  synchronized void eventsPending() {
    pending = true;
  }

  /** Takes what a service answered. */
  synchronized void add(String scope, List<Check> checks) {
    checks.forEach(
        check -> byName.merge(scope + ' ' + check.getName(), view(scope, check), Checks::sum));
  }

  synchronized AdminReconciliation result() {
    boolean ok =
        byName.values().stream()
            .allMatch(c -> c.differenceCount() == 0 && c.differences().isEmpty());
    return new AdminReconciliation(ok, pending, List.copyOf(byName.values()));
  }

  private static AdminCheck view(String scope, Check check) {
    return new AdminCheck(
        check.getName(),
        scope,
        check.getCompared(),
        Math.max(check.getDifferenceCount(), check.getDifferencesCount()),
        check.getDifferenceAmount(),
        check.getDifferencesList().stream()
            .limit(DIFFERENCES_SHOWN)
            .map(AdminDifference::of)
            .toList());
  }

  private static AdminCheck sum(AdminCheck a, AdminCheck b) {
    List<AdminDifference> differences = new ArrayList<>(a.differences());
    b.differences().stream()
        .limit(DIFFERENCES_SHOWN - differences.size())
        .forEach(differences::add);
    return new AdminCheck(
        a.name(),
        a.scope(),
        a.compared() + b.compared(),
        a.differenceCount() + b.differenceCount(),
        a.differenceAmount() + b.differenceAmount(),
        List.copyOf(differences));
  }
}
