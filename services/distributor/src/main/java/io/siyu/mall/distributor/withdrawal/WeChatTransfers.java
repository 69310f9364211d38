package io.siyu.mall.distributor.withdrawal;

import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.cipher.PrivacyEncryptor;
import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.WechatPayException;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.core.util.GsonUtil;
import io.siyu.mall.distributor.withdrawal.WeChatTransferMessages.Bill;
import io.siyu.mall.distributor.withdrawal.WeChatTransferMessages.Order;
import io.siyu.mall.distributor.withdrawal.WeChatTransferMessages.Report;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.personal.Sealed;
import io.siyu.mall.platform.time.SecurityTime;
import io.siyu.mall.platform.wechat.GenuineRefusals;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * WeChat Pay's merchant transfers (transfer-bills) by the vendor's SDK, which signs, verifies and
 * encrypts. The SDK blocks, so every call runs on a pool of its own.
 */
@ApplicationScoped
public class WeChatTransfers implements Transfers {

  public static final String NOTIFICATION_NOT_GENUINE = "NOTIFICATION_NOT_GENUINE";
  public static final String UNCERTAIN = "TRANSFER_UNCERTAIN";
  public static final String REFUSED = "TRANSFER_REFUSED";

  private static final String BILLS = "/v3/fund-app/mch-transfer/transfer-bills";
  private static final String FINISHED_PATH = "/callbacks/wechat-pay/transfers";

  /** From here on the provider wants the receiver's name. */
  private static final Money NAME_NEEDED_FROM = Money.fen(200_000);

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;

  /** That a transfer is not wanted, and that there is none. */
  private static final Set<Integer> DECISIVE = Set.of(BAD_REQUEST, NOT_FOUND);

  /**
   * The codes of what is wrong with this very transfer and stays wrong: a parameter, or a rule of
   * the provider's. Others are about us, our balance or the moment (NO_AUTH, NOT_ENOUGH,
   * FREQUENCY_LIMITED, SYSTEM_ERROR …), or new: the same transfer can succeed later.
   */
  private static final Set<String> FINAL = Set.of("PARAM_ERROR", "INVALID_REQUEST");

  /** A call that waited longer for its turn is not made: who ordered it may have been outrun. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final WeChatPayConfig account;
  private final WithdrawalConfig config;
  private final String appId;
  private final String notifyUrl;
  private final PersonalCipher cipher;
  private final HttpClient http;
  private final PrivacyEncryptor encryptor;
  private final NotificationParser notifications;
  private final WorkerExecutor workers;

  WeChatTransfers(
      WeChatPayConfig account,
      WithdrawalConfig config,
      @ConfigProperty(name = "mall.wechat.app-id") String appId,
      @ConfigProperty(name = "mall.public.base-url") String publicUrl,
      PersonalCipher cipher,
      Vertx vertx) {
    this.account = account;
    this.config = config;
    this.appId = appId;
    this.notifyUrl = publicUrl + FINISHED_PATH;
    this.cipher = cipher;
    RSAPublicKeyConfig keys = keys(account);
    this.http =
        new DefaultHttpClientBuilder()
            .config(keys)
            .okHttpClient(
                new OkHttpClient.Builder()
                    .callTimeout(account.deadline())
                    // The number makes a repetition harmless, but when to repeat is decided here.
                    .retryOnConnectionFailure(false)
                    .addInterceptor(new GenuineRefusals(keys, DECISIVE))
                    .build())
            .build();
    this.encryptor = keys.createEncryptor();
    this.notifications = new NotificationParser(keys);
    this.workers = vertx.createSharedWorkerExecutor("wechat-transfers", account.concurrency());
  }

  @Override
  public Uni<TransferBill> transfer(String billNo, Money amount, String receiver, Sealed realName) {
    return off(
        () -> {
          HttpRequest.Builder request =
              new HttpRequest.Builder()
                  .httpMethod(HttpMethod.POST)
                  .url(account.baseUrl() + BILLS)
                  .addHeader("Accept", "application/json")
                  .addHeader("Content-Type", "application/json");
          String name = null;
          if (amount.compareTo(NAME_NEEDED_FROM) >= 0) {
            name = encryptor.encrypt(cipher.decrypt(realName));
            request.addHeader("Wechatpay-Serial", encryptor.getWechatpaySerial());
          }
          Order order =
              new Order(
                  appId,
                  billNo,
                  config.sceneId(),
                  receiver,
                  name,
                  amount.minor(),
                  config.remark(),
                  notifyUrl,
                  List.of(
                      new Report("岗位类型", config.scenePost()),
                      new Report("报酬说明", config.sceneReward())));
          request.body(new JsonRequestBody.Builder().body(GsonUtil.toJson(order)).build());
          try {
            return bill(http.execute(request.build(), Bill.class).getServiceResponse());
          } catch (ServiceException e) {
            throw e.getHttpStatusCode() == BAD_REQUEST && FINAL.contains(e.getErrorCode())
                ? new DomainException(Kind.FAILED_PRECONDITION, REFUSED, words(e))
                    .with("code", e.getErrorCode())
                : e;
          }
        });
  }

  @Override
  public Uni<Optional<TransferBill>> query(String billNo) {
    return off(
        () -> {
          HttpRequest request =
              new HttpRequest.Builder()
                  .httpMethod(HttpMethod.GET)
                  .url(account.baseUrl() + BILLS + "/out-bill-no/" + billNo)
                  .addHeader("Accept", "application/json")
                  .build();
          try {
            return Optional.of(bill(http.execute(request, Bill.class).getServiceResponse()));
          } catch (ServiceException e) {
            if (e.getHttpStatusCode() == NOT_FOUND && "NOT_FOUND".equals(e.getErrorCode())) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public Uni<TransferBill> read(Map<String, String> headers, String body) {
    return off(
        () -> {
          requireFresh(headers.getOrDefault("wechatpay-timestamp", ""));
          RequestParam message =
              new RequestParam.Builder()
                  .serialNumber(headers.getOrDefault("wechatpay-serial", ""))
                  .nonce(headers.getOrDefault("wechatpay-nonce", ""))
                  .timestamp(headers.getOrDefault("wechatpay-timestamp", ""))
                  .signature(headers.getOrDefault("wechatpay-signature", ""))
                  .body(body)
                  .build();
          return bill(verified(message));
        });
  }

  private Bill verified(RequestParam message) {
    try {
      return notifications.parse(message, Bill.class);
    } catch (RuntimeException e) {
      throw notGenuine("the message cannot be verified");
    }
  }

  private static void requireFresh(String timestamp) {
    try {
      Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
      if (Duration.between(sent, SecurityTime.now()).abs().compareTo(FRESH) <= 0) {
        return;
      }
    } catch (RuntimeException e) {
      throw notGenuine("the time of the message cannot be read");
    }
    throw notGenuine("the message is not a fresh one");
  }

  private static DomainException notGenuine(String message) {
    return new DomainException(Kind.UNAUTHENTICATED, NOTIFICATION_NOT_GENUINE, message);
  }

  private <T> Uni<T> off(Callable<T> call) {
    long queued = System.nanoTime();
    return workers
        .executeBlocking(
            () -> {
              if (System.nanoTime() - queued > LONGEST_WAIT.toNanos()) {
                throw new DomainException(Kind.UNAVAILABLE, UNCERTAIN, "not asked: too busy");
              }
              return call.call();
            },
            false)
        .onFailure(WechatPayException.class)
        .transform(WeChatTransfers::uncertain);
  }

  /** Whatever went wrong, it says nothing about the transfer. */
  private static DomainException uncertain(Throwable failure) {
    String why;
    if (failure instanceof ServiceException refused) {
      why = words(refused);
    } else if (failure instanceof HttpException) {
      why =
          failure.getCause() instanceof GenuineRefusals.NotGenuine
              ? "a refusal that cannot be believed"
              : "no answer";
    } else {
      why = "an answer that cannot be believed: " + failure.getClass().getSimpleName();
    }
    return new DomainException(Kind.UNAVAILABLE, UNCERTAIN, why);
  }

  private static String words(ServiceException refused) {
    return refused.getHttpStatusCode()
        + " "
        + refused.getErrorCode()
        + " "
        + refused.getErrorMessage();
  }

  private static TransferBill bill(Bill bill) {
    if (bill == null || bill.outBillNo == null || bill.state == null) {
      throw new DomainException(Kind.UNAVAILABLE, UNCERTAIN, "an answer without number or state");
    }
    return new TransferBill(
        bill.outBillNo,
        text(bill.transferBillNo),
        status(bill.state),
        bill.amount == null ? null : Money.fen(bill.amount),
        text(bill.packageInfo),
        text(bill.failReason));
  }

  /** A state that the provider added later says nothing that could be acted on. */
  private static TransferBill.Status status(String state) {
    try {
      return TransferBill.Status.valueOf(state);
    } catch (IllegalArgumentException e) {
      throw new DomainException(Kind.UNAVAILABLE, UNCERTAIN, "the state " + state + " is unknown");
    }
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static RSAPublicKeyConfig keys(WeChatPayConfig account) {
    RSAPublicKeyConfig.Builder keys =
        new RSAPublicKeyConfig.Builder()
            .merchantId(account.merchantId())
            .merchantSerialNumber(account.merchantSerial())
            .publicKeyId(account.publicKeyId())
            .apiV3Key(account.apiV3Key());
    if (isPem(account.merchantPrivateKey())) {
      keys.privateKey(account.merchantPrivateKey());
    } else {
      keys.privateKeyFromPath(account.merchantPrivateKey());
    }
    if (isPem(account.publicKey())) {
      keys.publicKey(account.publicKey());
    } else {
      keys.publicKeyFromPath(account.publicKey());
    }
    return keys.build();
  }

  private static boolean isPem(String text) {
    return text.startsWith("-----BEGIN");
  }
}
