package io.siyu.mall.sandbox.wechat;

/**
 * Somebody with a WeChat account.
 *
 * @param name how tests and the demo call the person; unique
 * @param openid who it is to the mini-program
 * @param unionid who it is to all apps of the same owner
 * @param phone mainland mobile number bound to the account
 * @param realName as verified by WeChat Pay, or null if never verified
 */
public record Persona(String name, String openid, String unionid, String phone, String realName) {}
