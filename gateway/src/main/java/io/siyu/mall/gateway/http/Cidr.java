package io.siyu.mall.gateway.http;

import io.netty.util.NetUtil;
import java.util.Arrays;

/**
 * A range of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}; an address alone is a range
 * of one.
 */
record Cidr(byte[] network, int bits) {

  /**
   * @throws IllegalArgumentException when it is none
   */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address =
        NetUtil.createByteArrayFromIpAddressString(
            slash < 0 ? text.strip() : text.substring(0, slash).strip());
    if (address == null) {
      throw new IllegalArgumentException("not a range of addresses: " + text);
    }
    int most = address.length * Byte.SIZE;
    int bits = slash < 0 ? most : bits(text, slash);
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("not a range of addresses: " + text);
    }
    return new Cidr(address, bits);
  }

  private static int bits(String text, int slash) {
    try {
      return Integer.parseInt(text.substring(slash + 1).strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a range of addresses: " + text, e);
    }
  }

  /** Whether the address, of 4 or 16 bytes, lies within. */
  boolean contains(byte[] address) {
    return address.length == network.length
        && Arrays.equals(masked(address, bits), masked(network, bits));
  }

  /** The first bits of an address, the others 0. */
  static byte[] masked(byte[] address, int bits) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
      masked[i] = (byte) (address[i] & (0xff << Byte.SIZE - kept));
    }
    return masked;
  }
}
