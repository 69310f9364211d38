package io.siyu.mall.order.payment;

import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.service.payments.jsapi.JsapiServiceExtension;
import com.wechat.pay.java.service.refund.RefundService;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** The vendor's clients, set up for one merchant account. They block. */
final class WeChatPayClients {

  final JsapiServiceExtension payments;
  final RefundService refunds;
  final NotificationParser notifications;

  WeChatPayClients(WeChatPayConfig config) {
    RSAPublicKeyConfig account = account(config);
    HttpClient http =
        new DefaultHttpClientBuilder().config(account).okHttpClient(okHttp(config)).build();
    payments = new JsapiServiceExtension.Builder().config(account).httpClient(http).build();
    refunds = new RefundService.Builder().config(account).httpClient(http).build();
    notifications = new NotificationParser(account);
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
  private static OkHttpClient okHttp(WeChatPayConfig config) {
    HttpUrl base = HttpUrl.get(config.baseUrl());
    return new OkHttpClient.Builder()
        .callTimeout(config.deadline())
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
