package io.siyu.mall.membership.wechat;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.bean.WxMaJscode2SessionResult;
import cn.binarywang.wx.miniapp.bean.WxMaPhoneNumberInfo;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.util.http.apache.DefaultApacheHttpClientBuilder;
import org.jboss.logging.Logger;

/**
 * WeChat through WxJava. The library blocks, so it runs on worker threads with a deadline, and its
 * own logging is off (see application.properties): it would write codes and phone numbers.
 */
@Singleton
public class WxJavaWeChat implements WeChat {

  private static final Logger LOG = Logger.getLogger(WxJavaWeChat.class);
  private static final int CONNECT_MILLIS = 1_000;
  private static final int CONNECTIONS = 32;
  private static final int RETRY_PAUSE_MILLIS = 100;

  private static final int CODE_IS_INVALID = 40029;
  private static final int CODE_WAS_USED = 40163;
  private static final int PER_MINUTE_LIMIT = 45011;
  private static final int DAILY_LIMIT = 45009;
  private static final String MAINLAND = "86";

  private final WorkerExecutor workers;
  private final WeChatConfig config;
  private final WxMaService service;

  /** Connects to nothing yet. */
  @Inject
  public WxJavaWeChat(Vertx vertx, WeChatConfig config) {
    // Its own threads: a slow WeChat must not take those of everybody else.
    this.workers = vertx.createSharedWorkerExecutor("wechat", CONNECTIONS);
    this.config = config;
    this.service = service(config);
  }

  @Override
  public Uni<WeChatPerson> exchange(String code) {
    return ask("code", () -> person(service.jsCode2SessionInfo(code)));
  }

  @Override
  public Uni<String> phoneNumber(String code) {
    return ask("phone_code", () -> mobile(service.getUserService().getPhoneNumber(code)));
  }

  private WeChatPerson person(WxMaJscode2SessionResult session) {
    if (session.getOpenid() == null || session.getOpenid().isBlank()) {
      throw unavailable();
    }
    String unionid = session.getUnionid() == null ? "" : session.getUnionid();
    return new WeChatPerson(config.appId().orElse(""), session.getOpenid(), unionid);
  }

  private static String mobile(WxMaPhoneNumberInfo info) {
    if (info == null || info.getPurePhoneNumber() == null) {
      throw unavailable();
    }
    if (!MAINLAND.equals(info.getCountryCode())) {
      throw DomainException.invalid("phone_code", "must be of a mainland number");
    }
    return info.getPurePhoneNumber();
  }

  /** Asks on a worker thread; the answer comes back on the caller's context. */
  private <T> Uni<T> ask(String field, Callable<T> question) {
    if (config.appId().isEmpty() || config.appSecret().isEmpty()) {
      LOG.error("mall.wechat.app-id and mall.wechat.app-secret are not set");
      return Uni.createFrom().failure(unavailable());
    }
    return CallerContext.back(
        workers
            .executeBlocking(question, false)
            .ifNoItem()
            .after(config.deadline())
            .failWith(WxJavaWeChat::unavailable)
            .onFailure()
            .transform(failure -> refusal(field, failure)));
  }

  private static DomainException refusal(String field, Throwable failure) {
    if (failure instanceof DomainException known) {
      return known;
    }
    int code =
        failure instanceof WxErrorException refused && refused.getError() != null
            ? refused.getError().getErrorCode()
            : -1;
    return switch (code) {
      case CODE_IS_INVALID ->
          new DomainException(
                  Kind.INVALID_ARGUMENT, CODE_INVALID, "WeChat does not know the code, or no more")
              .violation(field, "is not a valid code of WeChat");
      case CODE_WAS_USED ->
          new DomainException(
              Kind.FAILED_PRECONDITION, CODE_USED, "the code was used before; ask for a new one");
      case PER_MINUTE_LIMIT, DAILY_LIMIT ->
          new DomainException(
              Kind.RESOURCE_EXHAUSTED, BUSY, "WeChat limits the calls; try again in a minute");
      default -> {
        LOG.warnf("WeChat: error %d (%s)", code, failure.getClass().getSimpleName());
        yield unavailable();
      }
    };
  }

  private static DomainException unavailable() {
    return new DomainException(Kind.UNAVAILABLE, UNAVAILABLE, "WeChat cannot be asked right now");
  }

  private static WxMaService service(WeChatConfig config) {
    DefaultApacheHttpClientBuilder http = DefaultApacheHttpClientBuilder.get();
    int deadlineMillis = Math.toIntExact(config.deadline().toMillis());
    http.setConnectionTimeout(CONNECT_MILLIS);
    http.setConnectionRequestTimeout(deadlineMillis);
    http.setSoTimeout(deadlineMillis);
    http.setMaxConnPerHost(CONNECTIONS);
    http.setMaxTotalConn(CONNECTIONS);
    WxMaDefaultConfigImpl wx = new WxMaDefaultConfigImpl();
    wx.setAppid(config.appId().orElse(""));
    wx.setSecret(config.appSecret().orElse(""));
    wx.setApiHostUrl(config.apiUrl());
    // The other kind is invalidated by every other instance that asks for one.
    wx.useStableAccessToken(true);
    wx.setApacheHttpClientBuilder(http);
    WxMaServiceImpl service = new WxMaServiceImpl();
    service.setRetrySleepMillis(RETRY_PAUSE_MILLIS);
    service.setMaxRetryTimes(2);
    service.setWxMaConfig(wx);
    return service;
  }
}
