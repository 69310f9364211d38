package io.siyu.mall.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The headers of a gRPC call in HPACK, without its dynamic table (RFC 7541): the same bytes for
 * every call of a caller. And what can be read of an answer's headers without decoding them.
 */
final class HeaderBlock {

  private static final int METHOD_POST = 0x83;
  private static final int SCHEME_HTTP = 0x86;
  private static final int AUTHORITY = 1;
  private static final int PATH = 4;
  private static final int AUTHORIZATION = 23;
  private static final int CONTENT_TYPE = 31;
  private static final int FOUR_BITS = 15;
  private static final int SEVEN_BITS = 127;
  private static final byte[] STATUS = "grpc-status".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private HeaderBlock() {}

  static byte[] of(String path, String authority, String token) {
    HeaderBlock block = new HeaderBlock();
    block.out.write(METHOD_POST);
    block.out.write(SCHEME_HTTP);
    block.literal(PATH, path);
    block.literal(AUTHORITY, authority);
    block.literal(CONTENT_TYPE, "application/grpc");
    block.out.write(0);
    block.text("te");
    block.text("trailers");
    block.literal(AUTHORIZATION, "Bearer " + token);
    return block.out.toByteArray();
  }

  /**
   * The gRPC status in an answer's last headers, where the server neither indexes nor compresses
   * them (it was told not to index, and compresses long texts only).
   *
   * @return the code, or -1 where none is seen
   */
  static int status(byte[] block) {
    for (int i = 0; i + STATUS.length + 1 < block.length; i++) {
      if (startsWith(block, i)) {
        int length = block[i + STATUS.length];
        String code = new String(block, i + STATUS.length + 1, length, StandardCharsets.US_ASCII);
        return code.chars().allMatch(Character::isDigit) ? Integer.parseInt(code) : -1;
      }
    }
    return -1;
  }

  /** What a person can read of it. */
  static String readable(byte[] block) {
    return new String(block, StandardCharsets.US_ASCII).replaceAll("[^ -~]+", " ");
  }

  private static boolean startsWith(byte[] block, int from) {
    for (int i = 0; i < STATUS.length; i++) {
      if (block[from + i] != STATUS[i]) {
        return false;
      }
    }
    return true;
  }

  /** A value that nobody remembers, under a name of the static table. */
  private void literal(int name, String value) {
    number(0, FOUR_BITS, name);
    text(value);
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    number(0, SEVEN_BITS, bytes.length);
    out.writeBytes(bytes);
  }

  private void number(int flags, int max, int value) {
    if (value < max) {
      out.write(flags | value);
      return;
    }
    out.write(flags | max);
    int rest = value - max;
    while (rest > SEVEN_BITS) {
      out.write(rest & SEVEN_BITS | SEVEN_BITS + 1);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
