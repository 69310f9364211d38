package io.siyu.mall.distributor.distributor;

/** Who gave an invite code. Only a distributor becomes an upline. */
public enum InviterKind {
  DISTRIBUTOR,
  BRAND,
  MENTOR,
  PLATFORM
}
