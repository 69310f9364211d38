package io.siyu.mall.sandbox.wechat;

import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.state.Store;
import io.siyu.mall.sandbox.state.Table;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;

/**
 * The app's access tokens. {@code /cgi-bin/token} gives a new one each time, the one before stays
 * good for five minutes; {@code /cgi-bin/stable_token} is a space of its own that gives the same
 * until five minutes before its end, or a new one when forced: at most 20 times a day.
 */
final class AccessTokens {
  private static final Duration LIFE = Duration.ofSeconds(7200);
  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final int FORCED_PER_DAY = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  record Token(String text, Instant expires) {}

  record Given(String text, long expiresIn) {
    Object json() {
      return Json.object("access_token", text, "expires_in", expiresIn);
    }
  }

  private final Table<Token> tokens;
  private final Table<Token> current;
  private final Clock clock;
  private final Deque<Instant> forced = new ArrayDeque<>();

  AccessTokens(Store store, Clock clock) {
    this.tokens = store.table("access-token", Token.class);
    this.current = store.table("current-access-token", Token.class);
    this.clock = clock;
  }

  synchronized Given next() {
    return renew("plain", OVERLAP);
  }

  synchronized Given stable(boolean force) {
    Token token = current.get("stable");
    Instant now = clock.instant();
    if (force) {
      while (!forced.isEmpty() && forced.peek().isBefore(now.minus(Duration.ofDays(1)))) {
        forced.poll();
      }
      if (forced.size() >= FORCED_PER_DAY) {
        throw WeChatErrors.refusal(45009);
      }
      forced.add(now);
      return renew("stable", Duration.ZERO);
    }
    if (token != null && token.expires().minus(OVERLAP).isAfter(now)) {
      return new Given(token.text(), Duration.between(now, token.expires()).toSeconds());
    }
    return renew("stable", OVERLAP);
  }

  /**
   * @throws Refusal 41001, 40001 or 42001
   */
  synchronized void check(String text) {
    if (text == null || text.isEmpty()) {
      throw WeChatErrors.refusal(41001);
    }
    Token token = tokens.get(text);
    if (token == null) {
      throw WeChatErrors.refusal(40001);
    }
    if (!token.expires().isAfter(clock.instant())) {
      throw WeChatErrors.refusal(42001);
    }
  }

  private Given renew(String space, Duration overlap) {
    Instant now = clock.instant();
    Token before = current.get(space);
    if (before != null && before.expires().isAfter(now.plus(overlap))) {
      tokens.put(before.text(), new Token(before.text(), now.plus(overlap)));
    }
    byte[] bytes = new byte[96];
    RANDOM.nextBytes(bytes);
    Token token = new Token("9_" + Base64.getUrlEncoder().encodeToString(bytes), now.plus(LIFE));
    tokens.put(token.text(), token);
    current.put(space, token);
    return new Given(token.text(), LIFE.toSeconds());
  }
}
