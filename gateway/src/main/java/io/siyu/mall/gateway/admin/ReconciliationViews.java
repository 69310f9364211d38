package io.siyu.mall.gateway.admin;

import io.siyu.mall.proto.common.v1.Difference;
import java.util.List;

/** The outcome of a reconciliation. */
final class ReconciliationViews {

  private ReconciliationViews() {}

  /**
   * All identities.
   *
   * @param ok every identity holds
   * @param eventsPending some orders' events were still on their way; a difference may be a delay
   */
  public record AdminReconciliation(boolean ok, boolean eventsPending, List<AdminCheck> checks) {}

  /**
   * One identity.
   *
   * @param scope the service whose book it is
   * @param compared rows or aggregates compared
   * @param differences the first of them
   * @param differenceCount all of them
   * @param differenceAmount sum of absolute differences, in fen or pieces
   */
  public record AdminCheck(
      String name,
      String scope,
      long compared,
      long differenceCount,
      long differenceAmount,
      List<AdminDifference> differences) {}

  /** One difference. */
  public record AdminDifference(String key, String expected, String actual, String message) {

    static AdminDifference of(Difference d) {
      return new AdminDifference(d.getKey(), d.getExpected(), d.getActual(), d.getMessage());
    }
  }
}
