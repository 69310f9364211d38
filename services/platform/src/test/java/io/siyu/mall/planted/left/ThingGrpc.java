package io.siyu.mall.planted.left;

/** Planted: an endpoint that goes to the store itself. */
public class ThingGrpc {
  Things things = new HibernateThings();
}
