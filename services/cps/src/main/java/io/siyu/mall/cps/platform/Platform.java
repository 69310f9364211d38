package io.siyu.mall.cps.platform;

/** The outside platforms whose goods are shared for a commission (CPS). */
public enum Platform {
  TAOBAO,
  JD,
  PDD,
  VIP
}
