package io.siyu.mall.sandbox.wechat;

import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.state.Store;
import io.siyu.mall.sandbox.state.Table;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The codes that the WeChat client hands to the mini-program: good once, for five minutes. */
final class Codes {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final int PER_MINUTE = 100;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ALPHABET =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** What a code is good for. */
  enum Purpose {
    LOGIN,
    PHONE
  }

  record Code(String code, Purpose purpose, String openid, Instant issued, boolean used) {}

  private final Table<Code> codes;
  private final Clock clock;
  private final Map<String, Deque<Instant>> recent = new ConcurrentHashMap<>();

  Codes(Store store, Clock clock) {
    this.codes = store.table("code", Code.class);
    this.clock = clock;
  }

  /** A new code: what {@code wx.login} or the phone number button gives. */
  String issue(Purpose purpose, String openid) {
    StringBuilder text = new StringBuilder(purpose == Purpose.LOGIN ? "0" : "e");
    RANDOM.ints(31, 0, ALPHABET.length()).forEach(at -> text.append(ALPHABET.charAt(at)));
    codes.put(text.toString(), new Code(text.toString(), purpose, openid, clock.instant(), false));
    return text.toString();
  }

  /**
   * Uses the code up.
   *
   * @return whose it is
   * @throws Refusal 40029, 40163 or 45011
   */
  synchronized String redeem(Purpose purpose, String text) {
    Code code = codes.get(text);
    if (code == null || code.purpose() != purpose) {
      throw WeChatErrors.refusal(40029);
    }
    limit(code.openid());
    if (code.used()) {
      throw WeChatErrors.refusal(40163);
    }
    if (code.issued().plus(LIFE).isBefore(clock.instant())) {
      throw WeChatErrors.refusal(40029);
    }
    codes.put(text, new Code(text, purpose, code.openid(), code.issued(), true));
    return code.openid();
  }

  private void limit(String openid) {
    Instant now = clock.instant();
    Deque<Instant> calls = recent.computeIfAbsent(openid, o -> new ArrayDeque<>());
    while (!calls.isEmpty() && calls.peek().isBefore(now.minusSeconds(60))) {
      calls.poll();
    }
    if (calls.size() >= PER_MINUTE) {
      throw WeChatErrors.refusal(45011);
    }
    calls.add(now);
  }
}
