package io.siyu.mall.gateway.error;

import java.util.Map;

/** A few words per HTTP status, Chinese first. */
final class Titles {

  private static final Map<Integer, String> BY_STATUS =
      Map.ofEntries(
          Map.entry(400, "请求有误"),
          Map.entry(401, "请先登录"),
          Map.entry(403, "没有权限"),
          Map.entry(404, "不存在"),
          Map.entry(405, "不支持的方法"),
          Map.entry(406, "不支持的返回格式"),
          Map.entry(409, "与当前状态冲突"),
          Map.entry(412, "已被他人修改"),
          Map.entry(413, "内容过大"),
          Map.entry(415, "不支持的内容格式"),
          Map.entry(428, "缺少 If-Match"),
          Map.entry(429, "请求过于频繁"),
          Map.entry(500, "服务出错"),
          Map.entry(503, "服务暂不可用"));

  private Titles() {}

  static String of(int status) {
    return BY_STATUS.getOrDefault(status, status < 500 ? "请求有误" : "服务出错");
  }
}
