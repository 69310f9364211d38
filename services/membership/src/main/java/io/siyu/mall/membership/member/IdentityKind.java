package io.siyu.mall.membership.member;

/** By what another system knows a member. */
public enum IdentityKind {
  /** The same person in all apps of the same owner at WeChat. */
  WECHAT_UNIONID,
  /** The person in one mini-program; what WeChat Pay wants to be told. */
  WECHAT_MINI_OPENID
}
