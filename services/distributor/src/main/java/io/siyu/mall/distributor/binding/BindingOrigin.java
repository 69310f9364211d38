package io.siyu.mall.distributor.binding;

/** What opened a binding. */
public enum BindingOrigin {
  TOUCH,
  REGISTRATION,
  STAFF
}
