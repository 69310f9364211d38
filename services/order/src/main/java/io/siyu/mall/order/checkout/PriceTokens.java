package io.siyu.mall.order.checkout;

import io.siyu.mall.order.order.OrderConfig;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.personal.PersonalCipher;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Lets a member insist on the prices of a preview: a keyed hash over member, lines, prices and an
 * end, so that nothing has to be stored for previews.
 */
@ApplicationScoped
public class PriceTokens {

  /** The prices are not those of the preview any more, or its time is over. */
  public static final String PRICE_CHANGED = "PRICE_CHANGED";

  private static final String SEPARATOR = ".";

  private final PersonalCipher cipher;
  private final OrderConfig config;
  private final Clock clock;

  PriceTokens(PersonalCipher cipher, OrderConfig config, Clock clock) {
    this.cipher = cipher;
    this.config = config;
    this.clock = clock;
  }

  /** A token for these prices. */
  public String issue(UUID memberId, PricedBasket priced) {
    long until = clock.instant().plus(config.priceTokenLife()).getEpochSecond();
    return until + SEPARATOR + hash(memberId, priced, until);
  }

  /**
   * An empty token insists on nothing.
   *
   * @throws DomainException FAILED_PRECONDITION, PRICE_CHANGED with what it costs now
   */
  public void check(String token, UUID memberId, PricedBasket priced) {
    if (!token.isEmpty() && !holds(token, memberId, priced)) {
      throw DomainException.precondition(
              PRICE_CHANGED, "the prices have changed since the preview, or it is too old")
          .with("payable_fen", priced.payable().minor());
    }
  }

  private boolean holds(String token, UUID memberId, PricedBasket priced) {
    int at = token.indexOf(SEPARATOR);
    if (at < 1) {
      return false;
    }
    long until;
    try {
      until = Long.parseLong(token.substring(0, at));
    } catch (NumberFormatException e) {
      return false;
    }
    boolean genuine =
        MessageDigest.isEqual(
            token.substring(at + 1).getBytes(StandardCharsets.UTF_8),
            hash(memberId, priced, until).getBytes(StandardCharsets.UTF_8));
    return genuine && clock.instant().isBefore(Instant.ofEpochSecond(until));
  }

  private String hash(UUID memberId, PricedBasket priced, long until) {
    return cipher.hash("price-token\n" + memberId + "\n" + until + "\n" + priced.fingerprint());
  }
}
