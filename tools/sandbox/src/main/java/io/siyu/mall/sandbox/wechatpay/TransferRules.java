package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.platform.Credentials;
import io.siyu.mall.sandbox.wechat.Personas;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a transfer must be like. The limits of one transfer (10 fen to 20 000 yuan) and the texts
 * shown to the user are from secondary sources.
 */
final class TransferRules {
  private static final Pattern OUT_BILL_NO = Pattern.compile("[0-9A-Za-z]{1,32}");
  private static final long LEAST_FEN = 10;
  private static final long MOST_FEN = 2_000_000;
  private static final long NAME_ALLOWED_FROM_FEN = 30;
  private static final long NAME_NEEDED_FROM_FEN = 200_000;

  /** A scene that the merchant was granted: what must be reported, what the user may be shown. */
  private record Scene(Set<String> reports, Set<String> perceptions) {}

  private static final Map<String, Scene> GRANTED =
      Map.of(
          "1000", new Scene(Set.of("活动名称", "奖励说明"), Set.of("活动奖励", "现金奖励")),
          "1005", new Scene(Set.of("岗位类型", "报酬说明"), Set.of("劳务报酬", "报销款", "企业补贴", "开工利是")));

  private final Credentials credentials;
  private final Personas personas;

  TransferRules(Credentials credentials, Personas personas) {
    this.credentials = credentials;
    this.personas = personas;
  }

  /**
   * Checks the request.
   *
   * @return the recipient's name in clear, or null if none is given
   */
  String check(Request request, Fields fields) {
    fields.equal("appid", credentials.appId(), "INVALID_REQUEST", "APPID不存在");
    fields.text("out_bill_no", OUT_BILL_NO);
    if (!personas.isOpenid(fields.text("openid", 64))) {
      throw fields.wrong("openid", "无效的openid");
    }
    long fen = fields.integer("transfer_amount", LEAST_FEN, MOST_FEN);
    fields.text("transfer_remark", 32);
    if (fields.has("notify_url")) {
      fields.notifyUrl("notify_url");
    }
    checkScene(fields);
    return userName(request, fields, fen);
  }

  private static void checkScene(Fields fields) {
    Scene scene = GRANTED.get(fields.text("transfer_scene_id", 36));
    if (scene == null) {
      throw PayErrors.rule("你尚未获取该转账场景");
    }
    String perception = fields.optionalText("user_recv_perception", 32);
    if (perception != null && !scene.perceptions().contains(perception)) {
      throw PayErrors.rule("暂不支持展示当前传入的用户收款感知");
    }
    JsonNode infos = fields.node().path("transfer_scene_report_infos");
    Set<String> reported = new HashSet<>();
    for (JsonNode info : infos) {
      Fields one = Fields.of("transfer_scene_report_infos", info);
      one.text("info_content", 32);
      reported.add(one.text("info_type", 15));
    }
    if (!infos.isArray() || infos.size() != reported.size() || !reported.equals(scene.reports())) {
      throw fields.wrong("transfer_scene_report_infos", "应报备 " + scene.reports());
    }
  }

  private String userName(Request request, Fields fields, long fen) {
    if (!fields.has("user_name")) {
      if (fen >= NAME_NEEDED_FROM_FEN) {
        throw PayErrors.parameter("user_name", null, "转账金额大于等于2000元时必填");
      }
      return null;
    }
    if (fen < NAME_ALLOWED_FROM_FEN) {
      throw PayErrors.parameter("user_name", null, "转账金额小于0.3元时不允许填写");
    }
    if (request.header("Wechatpay-Serial") == null) {
      throw PayErrors.parameter("Wechatpay-Serial", null, "有敏感信息时必填");
    }
    try {
      return Ciphers.decryptField(credentials.platformPrivateKey(), fields.text("user_name", 1024));
    } catch (GeneralSecurityException e) {
      throw PayErrors.parameter("user_name", null, "解密失败，请使用微信支付公钥加密");
    }
  }
}
