package io.siyu.mall.distributor.distributor;

/**
 * The one place that says for whom a distributor counts that is named by something older: a share,
 * a binding, an invite, a link on an outside platform. It counts for the seat that the same member
 * has now, so that closing and joining again goes on with what was there; where there is none, for
 * the seat that is named. An upline is no such thing: it is moved, on the record, when its member
 * joins again.
 */
public final class SeatNow {

  private SeatNow() {}

  /**
   * SQL that joins the seat as {@code as}, and the one that was named as {@code as_named}.
   *
   * @param join the kind of join, for example {@code LEFT JOIN}
   * @param named the expression that names a distributor
   */
  public static String join(String join, String named, String as) {
    return " "
        + join
        + " distributors "
        + as
        + "_named ON "
        + as
        + "_named.id = "
        + named
        + " "
        + join
        + " distributors "
        + as
        + " ON "
        + as
        + ".id = "
        + of(as + "_named");
  }

  /** SQL for its id, where {@code named} is the row of the distributor that is named. */
  private static String of(String named) {
    return "COALESCE((SELECT now.id FROM distributors now WHERE now.living_member = "
        + named
        + ".member_id AND now.state <> 'APPLIED'), "
        + named
        + ".id)";
  }
}
