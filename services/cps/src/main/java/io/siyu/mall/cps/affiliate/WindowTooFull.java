package io.siyu.mall.cps.affiliate;

/** A window holds more than the platform's paging can reach: ask for its parts. */
public final class WindowTooFull extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WindowTooFull() {
    super("more pages than the platform gives", null, false, false);
  }
}
