package io.siyu.mall.cps.sync;

/** Another run has taken the platform over; this one must write nothing more. */
final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLost(Lease lease) {
    super("another run has taken " + lease.platform() + " over", null, false, false);
  }
}
