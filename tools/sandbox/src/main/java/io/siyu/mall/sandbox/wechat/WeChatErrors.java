package io.siyu.mall.sandbox.wechat;

import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Protocol;
import io.siyu.mall.sandbox.http.Refusal;
import java.util.Map;

/** WeChat's error codes; they come with HTTP status 200. */
final class WeChatErrors implements Protocol {
  private static final Map<Integer, String> TEXTS =
      Map.ofEntries(
          Map.entry(-1, "system error"),
          Map.entry(40001, "invalid credential, access_token is invalid or not latest"),
          Map.entry(40002, "invalid grant_type"),
          Map.entry(40013, "invalid appid"),
          Map.entry(40029, "invalid code"),
          Map.entry(40125, "invalid appsecret"),
          Map.entry(40163, "code been used"),
          Map.entry(41001, "access_token missing"),
          Map.entry(41002, "appid missing"),
          Map.entry(41004, "appsecret missing"),
          Map.entry(41008, "missing code"),
          Map.entry(42001, "access_token expired"),
          Map.entry(45009, "reach max api daily quota limit"),
          Map.entry(45011, "api minute-quota reach limit, must slower, retry next minute"),
          Map.entry(47001, "data format error"));

  static Refusal refusal(int code) {
    return new Refusal(200, Integer.toString(code), TEXTS.get(code));
  }

  @Override
  public Answer refusal(Refusal refusal) {
    // What is not a number was not made by WeChat itself: it answers -1, "busy", for such.
    int code = refusal.code().matches("-?\\d{1,6}") ? Integer.parseInt(refusal.code()) : -1;
    return Answer.json(
        refusal.status(), Json.object("errcode", code, "errmsg", refusal.getMessage()));
  }
}
