package io.siyu.mall.distributor.distributor;

import java.security.SecureRandom;
import java.util.Locale;

/**
 * A code that lets a member apply. 12 characters of an alphabet without look-alikes, 60 random
 * bits: short enough to type, too many to guess.
 */
public record InviteCode(String value) {

  private static final char[] ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ".toCharArray();
  private static final int LENGTH = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new code. */
  public static InviteCode next() {
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      code.append(ALPHABET[RANDOM.nextInt(ALPHABET.length)]);
    }
    return new InviteCode(code.toString());
  }

  /** What a person typed: spaces, hyphens and small letters do not matter. */
  public static InviteCode typed(String text) {
    return new InviteCode(
        text == null ? "" : text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT));
  }
}
