package io.siyu.mall.order.order;

import io.siyu.mall.platform.identity.Caller;

/** How a caller appears in timelines. */
public final class Actors {

  private Actors() {}

  public static Actor of(Caller caller) {
    return caller.isMember()
        ? Actor.MEMBER
        : caller.isStaff() ? Actor.staff(caller.subject()) : Actor.SYSTEM;
  }
}
