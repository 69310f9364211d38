package io.siyu.mall.sandbox.wechatpay;

import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;

/**
 * WeChat Pay's refusals. Codes and statuses are the published ones; where the documents leave open
 * which code a rule has, it is the one they describe as "well-formed, but against a business rule".
 */
final class PayErrors {
  private PayErrors() {}

  static Refusal parameter(String field, Object value, String issue) {
    return new Refusal(
        400,
        "PARAM_ERROR",
        "参数错误：" + field + " " + issue,
        Json.object("location", "body", "field", "/" + field, "value", value, "issue", issue));
  }

  static Refusal rule(String message) {
    return new Refusal(400, "INVALID_REQUEST", message);
  }

  static Refusal signature(String issue) {
    return new Refusal(
        401,
        "SIGN_ERROR",
        "签名错误：" + issue,
        Json.object("location", "authorization", "field", "signature", "issue", issue));
  }

  static Refusal frequency(String message) {
    return new Refusal(429, "FREQUENCY_LIMITED", message);
  }
}
