package io.siyu.mall.planted.left;

/** Of the planted aggregate. */
public enum ImpureState {
  NEW,
  DONE
}
