package io.siyu.mall.distributor.attribution;

/** Why somebody is credited, or nobody. */
public enum Reason {
  TOUCH,
  BINDING,
  SELF_PURCHASE,
  NOBODY
}
