package io.siyu.mall.cps.lease;

/** Another run has taken the work over; this one must write nothing more. */
final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLost(Lease lease) {
    super("another run has taken " + lease.name() + " over", null, false, false);
  }
}
