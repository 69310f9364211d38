package io.siyu.mall.distributor.sharing;

import java.security.SecureRandom;

/**
 * Names a share on posters and in links. 12 characters of 0-9A-Za-z (71 random bits): it fits, with
 * room to spare, into the 32 characters of the mini-program's scene, and nobody finds another one
 * by counting.
 */
public record ShareCode(String value) {

  /** The most characters that a mini-program's scene takes. */
  public static final int SCENE_LENGTH = 32;

  private static final char[] ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
  private static final int LENGTH = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new code. */
  public static ShareCode next() {
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      code.append(ALPHABET[RANDOM.nextInt(ALPHABET.length)]);
    }
    return new ShareCode(code.toString());
  }
}
