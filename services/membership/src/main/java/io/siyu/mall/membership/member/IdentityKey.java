package io.siyu.mall.membership.member;

/**
 * What is unique over all members.
 *
 * @param appId the app that the subject belongs to; empty for a unionid
 */
public record IdentityKey(IdentityKind kind, String appId, String subject) {

  /** A person in all apps of one owner. */
  public static IdentityKey unionid(String unionid) {
    return new IdentityKey(IdentityKind.WECHAT_UNIONID, "", unionid);
  }

  /** A person in one mini-program. */
  public static IdentityKey openid(String appId, String openid) {
    return new IdentityKey(IdentityKind.WECHAT_MINI_OPENID, appId, openid);
  }
}
