package io.siyu.mall.membership.wechat;

import io.siyu.mall.platform.error.RemoteErrors;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Patience with requests that come twice at once. WeChat's codes work once, so one of the two is
 * told that its code was used; the answer of the other is then about to be stored, and is the
 * answer to both.
 */
public final class RepeatedCodes {

  private static final int CHECKS = 5;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private RepeatedCodes() {}

  /**
   * Asks again for a short while when the code was used.
   *
   * @param request looks for a stored answer first, and asks WeChat at most once altogether
   */
  public static <R> Uni<R> patiently(Supplier<Uni<R>> request) {
    return attempt(request, CHECKS);
  }

  private static <R> Uni<R> attempt(Supplier<Uni<R>> request, int checksLeft) {
    return request
        .get()
        .onFailure(failure -> checksLeft > 0 && RemoteErrors.hasReason(failure, WeChat.CODE_USED))
        .recoverWithUni(() -> pause().chain(() -> attempt(request, checksLeft - 1)));
  }

  private static Uni<Void> pause() {
    return CallerContext.back(Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE));
  }
}
