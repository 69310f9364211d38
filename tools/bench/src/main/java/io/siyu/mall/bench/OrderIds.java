package io.siyu.mall.bench;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids as the order service makes them: UUID version 7, so that new rows lie beside each other. */
final class OrderIds {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private OrderIds() {}

  static UUID next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = System.currentTimeMillis() << 16 | VERSION | random.nextInt(1 << 12);
    return new UUID(high, VARIANT | random.nextLong() >>> 2);
  }
}
