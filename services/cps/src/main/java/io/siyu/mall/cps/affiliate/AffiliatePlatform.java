package io.siyu.mall.cps.affiliate;

import io.siyu.mall.cps.order.Clawback;
import io.siyu.mall.cps.order.OrderDocument;
import io.siyu.mall.cps.platform.Platform;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/**
 * An outside platform as this service sees it. What differs from one platform to the next is one
 * class behind this, and one table of what its states mean. Every Uni fails with {@link
 * PlatformException} within a bounded time, whatever the platform does.
 */
public interface AffiliatePlatform {

  Platform platform();

  /** Whether there is an account to work with. */
  boolean configured();

  /** How it wants to be asked. */
  SyncRules rules();

  /** Whether an address leads to it. */
  boolean knows(String url);

  /**
   * The distributor's id there; the same one for the same distributor and authorisation.
   *
   * @param authorization the distributor's own, empty for ours
   */
  Uni<String> register(UUID distributorId, String authorization);

  /** A link to the item that carries the id. */
  Uni<ConvertedLink> convert(Item item, String subAffiliateId);

  /**
   * Orders of a window.
   *
   * @param question one that {@link #rules} has, other than {@link Question#CLAWBACKS}
   * @param page null for the first one, else what {@link Batch#next} said
   */
  Uni<Batch<OrderDocument>> orders(Question question, TimeWindow window, String page);

  /** What is, or may be, taken back, by one of its times in a window. */
  Uni<Batch<Clawback>> clawbacks(ClawbackTime by, TimeWindow window, String page);

  /** When the platform has paid for what it settled then. */
  Instant payableFrom(Instant settledAt);
}
