package io.siyu.mall.sandbox.wechatpay;

import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.service.payments.jsapi.JsapiServiceExtension;
import com.wechat.pay.java.service.payments.jsapi.model.Amount;
import com.wechat.pay.java.service.payments.jsapi.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.jsapi.model.Payer;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayWithRequestPaymentResponse;
import com.wechat.pay.java.service.payments.jsapi.model.QueryOrderByIdRequest;
import com.wechat.pay.java.service.payments.jsapi.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import io.siyu.mall.sandbox.SandboxKeys;
import io.siyu.mall.sandbox.Worlds;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A merchant who uses the vendor's SDK; only the host is another. */
final class Merchant {
  private static final AtomicLong NUMBER = new AtomicLong(System.currentTimeMillis());

  final SandboxKeys keys = Worlds.KEYS;
  final Config config;
  final HttpClient http;
  final JsapiServiceExtension jsapi;
  final RefundService refunds;
  final String notifyUrl;
  final String openid;

  Merchant(String sandboxUrl, String notifyUrl, String openid) {
    this.notifyUrl = notifyUrl;
    this.openid = openid;
    config = config(keys);
    http = client(config, sandboxUrl);
    jsapi = new JsapiServiceExtension.Builder().config(config).httpClient(http).build();
    refunds = new RefundService.Builder().config(config).httpClient(http).build();
  }

  static Config config(SandboxKeys keys) {
    return new RSAPublicKeyConfig.Builder()
        .merchantId(keys.merchantId())
        .merchantSerialNumber(keys.merchantSerial())
        .privateKeyFromPath(keys.merchantPrivateKey().toString())
        .publicKeyFromPath(keys.platformPublicKey().toString())
        .publicKeyId(keys.publicKeyId())
        .apiV3Key(keys.apiV3Key())
        .build();
  }

  static HttpClient client(Config config, String sandboxUrl) {
    HttpUrl target = HttpUrl.get(sandboxUrl);
    OkHttpClient okHttp =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .url(
                                chain
                                    .request()
                                    .url()
                                    .newBuilder()
                                    .scheme(target.scheme())
                                    .host(target.host())
                                    .port(target.port())
                                    .build())
                            .build()))
            .build();
    return new DefaultHttpClientBuilder().config(config).okHttpClient(okHttp).build();
  }

  NotificationParser parser() {
    return new NotificationParser(
        new RSAPublicKeyNotificationConfig.Builder()
            .publicKeyFromPath(keys.platformPublicKey().toString())
            .publicKeyId(keys.publicKeyId())
            .apiV3Key(keys.apiV3Key())
            .build());
  }

  static String number(String prefix) {
    return prefix + NUMBER.incrementAndGet();
  }

  PrepayRequest order(String outTradeNo, int fen) {
    PrepayRequest request = new PrepayRequest();
    request.setAppid(keys.appId());
    request.setMchid(keys.merchantId());
    request.setDescription("有机棉婴儿连体衣 66码");
    request.setOutTradeNo(outTradeNo);
    request.setNotifyUrl(notifyUrl);
    request.setAttach("门店 1");
    Amount amount = new Amount();
    amount.setTotal(fen);
    amount.setCurrency("CNY");
    request.setAmount(amount);
    Payer payer = new Payer();
    payer.setOpenid(openid);
    request.setPayer(payer);
    return request;
  }

  PrepayWithRequestPaymentResponse prepay(String outTradeNo, int fen) {
    return jsapi.prepayWithRequestPayment(order(outTradeNo, fen));
  }

  Transaction query(String outTradeNo) {
    QueryOrderByOutTradeNoRequest request = new QueryOrderByOutTradeNoRequest();
    request.setMchid(keys.merchantId());
    request.setOutTradeNo(outTradeNo);
    return jsapi.queryOrderByOutTradeNo(request);
  }

  Transaction queryById(String transactionId) {
    QueryOrderByIdRequest request = new QueryOrderByIdRequest();
    request.setMchid(keys.merchantId());
    request.setTransactionId(transactionId);
    return jsapi.queryOrderById(request);
  }

  void close(String outTradeNo) {
    CloseOrderRequest request = new CloseOrderRequest();
    request.setMchid(keys.merchantId());
    request.setOutTradeNo(outTradeNo);
    jsapi.closeOrder(request);
  }

  com.wechat.pay.java.service.refund.model.Refund refund(
      String outTradeNo, String outRefundNo, long fen, long total) {
    AmountReq amount = new AmountReq();
    amount.setRefund(fen);
    amount.setTotal(total);
    amount.setCurrency("CNY");
    CreateRequest request = new CreateRequest();
    request.setOutTradeNo(outTradeNo);
    request.setOutRefundNo(outRefundNo);
    request.setReason("尺码不合适");
    request.setNotifyUrl(notifyUrl);
    request.setAmount(amount);
    return refunds.create(request);
  }

  com.wechat.pay.java.service.refund.model.Refund queryRefund(String outRefundNo) {
    QueryByOutRefundNoRequest request = new QueryByOutRefundNoRequest();
    request.setOutRefundNo(outRefundNo);
    return refunds.queryByOutRefundNo(request);
  }
}
