package io.siyu.mall.membership.wechat;

/**
 * A person at WeChat.
 *
 * @param appId the mini-program that the openid belongs to
 * @param unionid empty when the mini-program belongs to no open-platform account
 */
public record WeChatPerson(String appId, String openid, String unionid) {}
