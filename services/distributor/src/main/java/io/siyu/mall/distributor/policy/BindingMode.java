package io.siyu.mall.distributor.policy;

/** How a member comes to belong to another distributor. */
public enum BindingMode {
  /** The first share decides and stays. */
  FIRST_TOUCH,
  /** The newest share wins. */
  LAST_TOUCH,
  /** The newest share wins once the member has not ordered for some days. */
  PROTECTED
}
