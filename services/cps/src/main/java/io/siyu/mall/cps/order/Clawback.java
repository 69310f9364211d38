package io.siyu.mall.cps.order;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.Comparator;

/**
 * Commission that a platform may take back, as it says at one time. A decision can be changed: of
 * two documents about one the newer holds, so what was taken is given back when a dispute is
 * refused later.
 *
 * @param refundNo the platform's number of the dispute, unique there
 * @param amount of commission and subsidy together, after fees: comparable with what was settled
 * @param subsidy the part of the amount that is subsidy
 * @param fee what the platform gives up of its own, not in the amount
 * @param raisedAt when the dispute began
 * @param decidedAt null while it is open
 * @param raw the document as it came
 * @param hash of that
 */
public record Clawback(
    String refundNo,
    CpsOrderKey order,
    State state,
    Money amount,
    Money subsidy,
    Money fee,
    Instant raisedAt,
    Instant decidedAt,
    Instant modifiedAt,
    String raw,
    String hash) {

  /** A claw-back with the hash of what it says. */
  public Clawback(
      String refundNo,
      CpsOrderKey order,
      State state,
      Money amount,
      Money subsidy,
      Money fee,
      Instant raisedAt,
      Instant decidedAt,
      Instant modifiedAt,
      String raw) {
    this(
        refundNo,
        order,
        state,
        amount,
        subsidy,
        fee,
        raisedAt,
        decidedAt,
        modifiedAt,
        raw,
        OrderDocument.hash(raw));
  }

  Version version() {
    return new Version(modifiedAt, state, hash);
  }

  /** What tells which of two documents about one claw-back is newer; the greater one is. */
  public record Version(Instant modifiedAt, State state, String hash)
      implements Comparable<Version> {

    private static final Comparator<Version> ORDER =
        Comparator.comparing(Version::modifiedAt)
            .thenComparing(Version::state)
            .thenComparing(Version::hash);

    @Override
    public int compareTo(Version other) {
      return ORDER.compare(this, other);
    }
  }

  /** Of two states told for the same second the later one here holds. */
  public enum State {
    /** Not decided: nothing is taken back yet. */
    OPEN,
    /** Taken back, or to be deducted from the next payment. */
    EFFECTIVE,
    /** It costs us nothing: refused, or deducted from somebody else. */
    DROPPED
  }
}
