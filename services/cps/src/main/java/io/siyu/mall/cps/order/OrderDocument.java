package io.siyu.mall.cps.order;

import io.siyu.mall.platform.money.Money;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What a platform says about an order at one time, in our words.
 *
 * @param state never {@code CLAWED_BACK}: claw-backs are told apart
 * @param subAffiliateId as it went out with the link; null if it came without
 * @param estimated platform commission less platform fees, as expected
 * @param settled the same as settled; null before
 * @param fee what the platform keeps of the commission, not in the two before
 * @param receivedAt null if the document does not tell
 * @param payableFrom when the platform's payment month of the settlement is closed; null before
 * @param raw the document as it came
 * @param hash of that: tells documents apart, and decides between two of the same time;
 *     hexadecimal, 64 digits
 */
public record OrderDocument(
    CpsOrderKey key,
    CpsOrderState state,
    String subAffiliateId,
    String title,
    String itemId,
    long quantity,
    Money paid,
    Money estimated,
    Money settled,
    Money fee,
    Instant createdAt,
    Instant paidAt,
    Instant receivedAt,
    Instant settledAt,
    Instant modifiedAt,
    Instant payableFrom,
    String raw,
    String hash) {

  public OrderDocument {
    if (state == CpsOrderState.CLAWED_BACK
        || (state == CpsOrderState.SETTLED) != (settled != null)) {
      throw new IllegalArgumentException("an order is settled exactly if an amount was settled");
    }
  }

  /** A document with the hash of what it says. */
  public OrderDocument(
      CpsOrderKey key,
      CpsOrderState state,
      String subAffiliateId,
      String title,
      String itemId,
      long quantity,
      Money paid,
      Money estimated,
      Money settled,
      Money fee,
      Instant createdAt,
      Instant paidAt,
      Instant receivedAt,
      Instant settledAt,
      Instant modifiedAt,
      Instant payableFrom,
      String raw) {
    this(
        key,
        state,
        subAffiliateId,
        title,
        itemId,
        quantity,
        paid,
        estimated,
        settled,
        fee,
        createdAt,
        paidAt,
        receivedAt,
        settledAt,
        modifiedAt,
        payableFrom,
        raw,
        hash(raw));
  }

  static String hash(String raw) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
