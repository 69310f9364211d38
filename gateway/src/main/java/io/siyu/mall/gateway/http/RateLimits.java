package io.siyu.mall.gateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Token buckets per address and per caller, in this process. Memory is bounded: the buckets used
 * least are forgotten, and so is one that has been full for a while.
 */
@Singleton
public class RateLimits {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Buckets perAddress;
  private final Buckets perCaller;
  private final Buckets signIn;
  private final Buckets callbacks;

  RateLimits(HttpConfig config) {
    HttpConfig.Limits limits = config.limits();
    perAddress = new Buckets(limits.perAddress(), limits.remembered());
    perCaller = new Buckets(limits.perCaller(), limits.remembered());
    signIn = new Buckets(limits.signIn(), limits.remembered());
    callbacks = new Buckets(limits.callbacks(), limits.remembered());
  }

  /** Takes one request of the address; 0 if it may pass, else the seconds to wait. */
  public int takeAddress(String address) {
    return perAddress.take(address);
  }

  /** Takes one request of the caller; 0 if it may pass, else the seconds to wait. */
  public int takeCaller(String caller) {
    return perCaller.take(caller);
  }

  /** Takes one attempt to sign in; 0 if it may pass, else the seconds to wait. */
  public int takeSignIn(String address) {
    return signIn.take(address);
  }

  /** Takes one message of a provider; 0 if it may pass, else the seconds to wait. */
  public int takeCallback(String address) {
    return callbacks.take(address);
  }

  /** How many buckets there are now. */
  long remembered() {
    return perAddress.size() + perCaller.size() + signIn.size() + callbacks.size();
  }

  private static final class Buckets {

    private final Cache<String, Bucket> buckets;
    private final Bandwidth bandwidth;

    Buckets(HttpConfig.Rate rate, long remembered) {
      bandwidth =
          Bandwidth.builder()
              .capacity(rate.burst())
              .refillGreedy(rate.refill(), rate.period())
              .build();
      Duration full = rate.period().multipliedBy(1 + rate.burst() / Math.max(1, rate.refill()));
      buckets = Caffeine.newBuilder().maximumSize(remembered).expireAfterAccess(full).build();
    }

    long size() {
      buckets.cleanUp();
      return buckets.estimatedSize();
    }

    int take(String key) {
      Bucket bucket = buckets.get(key, k -> Bucket.builder().addLimit(bandwidth).build());
      if (bucket.tryConsume(1)) {
        return 0;
      }
      ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
      return probe.isConsumed()
          ? 0
          : (int)
              Math.max(
                  1, (probe.getNanosToWaitForRefill() + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
    }
  }
}
