package io.siyu.mall.planted.left;

/** Planted: a read through the aggregate. */
public class ThingQueries {
  ImpureThing find() {
    return new ImpureThing();
  }
}
