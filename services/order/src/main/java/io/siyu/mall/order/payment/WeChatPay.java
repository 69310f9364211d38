package io.siyu.mall.order.payment;

import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.WechatPayException;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.payments.jsapi.model.Amount;
import com.wechat.pay.java.service.payments.jsapi.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.jsapi.model.Payer;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayWithRequestPaymentResponse;
import com.wechat.pay.java.service.payments.jsapi.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import com.wechat.pay.java.service.refund.model.RefundNotification;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.time.SecurityTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * WeChat Pay (JSAPI) by the vendor's SDK. The SDK blocks, so every call runs on a pool of its own:
 * a slow provider takes nothing but that pool.
 */
@ApplicationScoped
public class WeChatPay implements PaymentProvider {

  /** The message is not the provider's, or not a fresh one. */
  public static final String NOTIFICATION_NOT_GENUINE = "NOTIFICATION_NOT_GENUINE";

  private static final Set<String> UNKNOWN =
      Set.of("ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS");
  private static final Set<String> CLOSED = Set.of("ORDER_CLOSED", "ORDERCLOSED");
  private static final Set<String> PAID = Set.of("ORDERPAID", "ORDER_PAID", "TRADE_SUCCESS");

  /**
   * The codes of what is wrong with this very request, or with the payer's account, and stays
   * wrong. Others are about us, our balance or the moment (NO_AUTH, NOT_ENOUGH, FREQUENCY_LIMITED,
   * SYSTEM_ERROR …), or new.
   */
  private static final Set<String> FOR_GOOD =
      Set.of("PARAM_ERROR", "INVALID_REQUEST", "RESOURCE_NOT_EXISTS", "USER_ACCOUNT_ABNORMAL");

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int CLIENT_ERROR = 400;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final WeChatPayConfig config;
  private final String appId;
  private final String notifyUrl;
  private final WeChatPayClients clients;
  private final WeChatPayReports reports;
  private final WorkerExecutor workers;

  WeChatPay(
      WeChatPayConfig config,
      @ConfigProperty(name = "mall.wechat.app-id") String appId,
      @ConfigProperty(name = "mall.public.base-url") String publicUrl,
      Vertx vertx) {
    this.config = config;
    this.appId = appId;
    this.notifyUrl = publicUrl + "/callbacks/wechat-pay/";
    this.clients = new WeChatPayClients(config);
    this.reports = new WeChatPayReports(config.merchantId(), appId);
    this.workers = vertx.createSharedWorkerExecutor("wechat-pay", config.concurrency());
  }

  @Override
  public Uni<Map<String, String>> prepay(Prepayment prepayment) {
    PrepayRequest request = new PrepayRequest();
    request.setAppid(appId);
    request.setMchid(config.merchantId());
    request.setDescription(prepayment.description());
    request.setOutTradeNo(prepayment.paymentNo());
    request.setNotifyUrl(notifyUrl + "payments");
    Amount amount = new Amount();
    amount.setTotal(Math.toIntExact(prepayment.amount().minor()));
    amount.setCurrency(prepayment.amount().currency().getCurrencyCode());
    request.setAmount(amount);
    Payer payer = new Payer();
    payer.setOpenid(prepayment.openid());
    request.setPayer(payer);
    return call(() -> clientParameters(clients.payments.prepayWithRequestPayment(request)));
  }

  @Override
  public Uni<PaymentReport> query(String paymentNo) {
    QueryOrderByOutTradeNoRequest request = new QueryOrderByOutTradeNoRequest();
    request.setMchid(config.merchantId());
    request.setOutTradeNo(paymentNo);
    return call(() -> reports.payment(clients.payments.queryOrderByOutTradeNo(request)))
        .onFailure(failure -> hasCode(failure, UNKNOWN))
        .recoverWithItem(new PaymentReport(PaymentStatus.UNKNOWN, paymentNo, null, null));
  }

  @Override
  public Uni<CloseResult> close(String paymentNo) {
    CloseOrderRequest request = new CloseOrderRequest();
    request.setMchid(config.merchantId());
    request.setOutTradeNo(paymentNo);
    return call(() -> {
          clients.payments.closeOrder(request);
          return CloseResult.CLOSED;
        })
        .onFailure(failure -> hasCode(failure, UNKNOWN) || hasCode(failure, CLOSED))
        .recoverWithItem(CloseResult.CLOSED)
        .onFailure(failure -> hasCode(failure, PAID))
        .recoverWithItem(CloseResult.PAID);
  }

  @Override
  public Uni<RefundReport> refund(RefundOrder order) {
    CreateRequest request = new CreateRequest();
    request.setOutTradeNo(order.paymentNo());
    request.setOutRefundNo(order.refundNo());
    request.setReason(order.reason());
    request.setNotifyUrl(notifyUrl + "refunds");
    AmountReq amount = new AmountReq();
    amount.setRefund(order.amount().minor());
    amount.setTotal(order.paymentAmount().minor());
    amount.setCurrency(order.amount().currency().getCurrencyCode());
    request.setAmount(amount);
    return call(() -> reports.refund(clients.refunds.create(request)));
  }

  @Override
  public Uni<RefundReport> queryRefund(String refundNo) {
    QueryByOutRefundNoRequest request = new QueryByOutRefundNoRequest();
    request.setOutRefundNo(refundNo);
    return call(() -> reports.refund(clients.refunds.queryByOutRefundNo(request)))
        .onFailure(failure -> hasCode(failure, UNKNOWN))
        .recoverWithItem(new RefundReport(RefundStatus.UNKNOWN, refundNo, null, null));
  }

  @Override
  public Uni<RefundReport> redirect(RefundRedirect redirect) {
    return call(() -> reports.refund(clients.redirect(redirect)));
  }

  @Override
  public Uni<PaymentReport> readPayment(Notification notification) {
    return call(() -> reports.payment(read(notification, Transaction.class)));
  }

  @Override
  public Uni<RefundReport> readRefund(Notification notification) {
    return call(() -> reports.refund(read(notification, RefundNotification.class)));
  }

  private <T> T read(Notification notification, Class<T> type) {
    if (!isFresh(notification.header("wechatpay-timestamp"))) {
      throw notGenuine();
    }
    try {
      return clients.notifications.parse(
          new RequestParam.Builder()
              .serialNumber(notification.header("wechatpay-serial"))
              .timestamp(notification.header("wechatpay-timestamp"))
              .nonce(notification.header("wechatpay-nonce"))
              .signature(notification.header("wechatpay-signature"))
              .body(new String(notification.body(), StandardCharsets.UTF_8))
              .build(),
          type);
    } catch (RuntimeException e) {
      // Whatever is wrong with it (signature, key id, cipher, form), whoever sent it learns
      // nothing.
      throw notGenuine();
    }
  }

  private boolean isFresh(String timestamp) {
    try {
      Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
      return Duration.between(sent, SecurityTime.now()).abs().compareTo(FRESH) <= 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static DomainException notGenuine() {
    return new DomainException(
        Kind.UNAUTHENTICATED,
        NOTIFICATION_NOT_GENUINE,
        "the message is not signed by the provider, or not now");
  }

  private <T> Uni<T> call(Callable<T> blocking) {
    return workers
        .executeBlocking(blocking, false)
        .onFailure(WechatPayException.class)
        .transform(failure -> translate((WechatPayException) failure));
  }

  private static ProviderException translate(WechatPayException failure) {
    if (failure instanceof ServiceException answer) {
      int status = answer.getHttpStatusCode();
      boolean definite = status >= CLIENT_ERROR && status < SERVER_ERROR && status != TOO_MANY;
      return new ProviderException(
          definite && answer.getErrorCode() != null,
          FOR_GOOD.contains(String.valueOf(answer.getErrorCode())),
          answer.getErrorCode() == null ? "HTTP_" + status : answer.getErrorCode(),
          String.valueOf(answer.getErrorMessage()));
    }
    return new ProviderException(
        false, failure.getClass().getSimpleName(), String.valueOf(failure.getMessage()));
  }

  private static boolean hasCode(Throwable failure, Set<String> codes) {
    return failure instanceof ProviderException e && e.definite() && codes.contains(e.code());
  }

  private static Map<String, String> clientParameters(PrepayWithRequestPaymentResponse prepaid) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("appId", prepaid.getAppId());
    parameters.put("timeStamp", prepaid.getTimeStamp());
    parameters.put("nonceStr", prepaid.getNonceStr());
    parameters.put("package", prepaid.getPackageVal());
    parameters.put("signType", prepaid.getSignType());
    parameters.put("paySign", prepaid.getPaySign());
    return parameters;
  }
}
