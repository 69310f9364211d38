package io.siyu.mall.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A {@code ReserveRequest} of one piece as it goes over the wire, with gRPC's prefix. Written by
 * hand: the load shares the machine with what it measures.
 */
final class ReserveMessage {

  private static final int TEXT = 2;
  private static final int FIELD_BITS = 3;
  private static final int PREFIX = 5;
  private static final int UUID_LENGTH = 36;
  private static final int LINE_LENGTH = 2 + UUID_LENGTH + 2;

  private ReserveMessage() {}

  static byte[] of(UUID order, String skuId) {
    ByteBuffer out = ByteBuffer.allocate(PREFIX + 3 * 2 + 2 * UUID_LENGTH + LINE_LENGTH);
    out.put((byte) 0).putInt(out.capacity() - PREFIX);
    text(out, 1, order.toString());
    text(out, 2, order.toString());
    out.put((byte) (3 << FIELD_BITS | TEXT)).put((byte) LINE_LENGTH);
    text(out, 1, skuId);
    out.put((byte) (2 << FIELD_BITS)).put((byte) 1);
    return out.array();
  }

  private static void text(ByteBuffer out, int field, String uuid) {
    out.put((byte) (field << FIELD_BITS | TEXT)).put((byte) UUID_LENGTH);
    out.put(uuid.getBytes(StandardCharsets.US_ASCII));
  }
}
