package io.siyu.mall.planted.left;

import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Role;

/** Planted: an endpoint that goes to the store itself, and asks for a role. */
public class ThingGrpc {
  Things things = new HibernateThings();

  boolean mayDoAll(Caller caller) {
    return caller.roles().contains(Role.AUDITOR);
  }
}
