package io.siyu.mall.order.payment;

import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.cipher.PrivacyEncryptor;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.util.GsonUtil;
import com.wechat.pay.java.service.payments.jsapi.JsapiServiceExtension;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.Refund;
import io.siyu.mall.order.payment.PaymentProvider.RefundRedirect;
import io.siyu.mall.platform.wechat.GenuineRefusals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** The vendor's clients, set up for one merchant account. They block. */
final class WeChatPayClients {

  private static final String HOST = "https://api.mch.weixin.qq.com";
  private static final String REFUNDS = "/v3/refund/domestic/refunds/";

  /** That a refund is refused for good (400, 403) or unknown (404) decides about money. */
  private static final Set<Integer> DECISIVE = Set.of(400, 403, 404);

  final JsapiServiceExtension payments;
  final RefundService refunds;
  final NotificationParser notifications;

  private final HttpClient http;
  private final PrivacyEncryptor encryptor;

  WeChatPayClients(WeChatPayConfig config) {
    RSAPublicKeyConfig account = account(config);
    http =
        new DefaultHttpClientBuilder()
            .config(account)
            .okHttpClient(okHttp(config, account))
            .build();
    encryptor = account.createEncryptor();
    payments = new JsapiServiceExtension.Builder().config(account).httpClient(http).build();
    refunds = new RefundService.Builder().config(account).httpClient(http).build();
    notifications = new NotificationParser(account);
  }

  /** 发起异常退款, which the vendor's SDK has no class for. */
  Refund redirect(RefundRedirect redirect) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("out_refund_no", redirect.refundNo());
    HttpRequest.Builder request =
        new HttpRequest.Builder()
            .httpMethod(HttpMethod.POST)
            .url(HOST + REFUNDS + redirect.providerRefundId() + "/apply-abnormal-refund")
            .addHeader("Accept", "application/json")
            .addHeader("Content-Type", "application/json");
    if (redirect.card() == null) {
      body.put("type", "MERCHANT_BANK_CARD");
    } else {
      body.put("type", "USER_BANK_CARD");
      body.put("bank_type", redirect.card().bankType());
      body.put("bank_account", encryptor.encrypt(redirect.card().account()));
      body.put("real_name", encryptor.encrypt(redirect.card().holder()));
      request.addHeader("Wechatpay-Serial", encryptor.getWechatpaySerial());
    }
    request.body(new JsonRequestBody.Builder().body(GsonUtil.toJson(body)).build());
    return http.execute(request.build(), Refund.class).getServiceResponse();
  }

  private static RSAPublicKeyConfig account(WeChatPayConfig config) {
    RSAPublicKeyConfig.Builder account =
        new RSAPublicKeyConfig.Builder()
            .merchantId(config.merchantId())
            .merchantSerialNumber(config.merchantSerial())
            .publicKeyId(config.publicKeyId())
            .apiV3Key(config.apiV3Key());
    if (isPem(config.merchantPrivateKey())) {
      account.privateKey(config.merchantPrivateKey());
    } else {
      account.privateKeyFromPath(config.merchantPrivateKey());
    }
    if (isPem(config.publicKey())) {
      account.publicKey(config.publicKey());
    } else {
      account.publicKeyFromPath(config.publicKey());
    }
    return account.build();
  }

  private static boolean isPem(String text) {
    return text.startsWith("-----BEGIN");
  }

  /** The vendor's services have their host built in; the signature covers only path and query. */
  private static OkHttpClient okHttp(WeChatPayConfig config, RSAPublicKeyConfig account) {
    HttpUrl base = HttpUrl.get(config.baseUrl());
    return new OkHttpClient.Builder()
        .callTimeout(config.deadline())
        .addInterceptor(new GenuineRefusals(account, DECISIVE))
        .addInterceptor(
            chain -> {
              Request request = chain.request();
              HttpUrl url =
                  request
                      .url()
                      .newBuilder()
                      .scheme(base.scheme())
                      .host(base.host())
                      .port(base.port())
                      .build();
              return chain.proceed(request.newBuilder().url(url).build());
            })
        .build();
  }
}
