package io.siyu.mall.cps;

import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Batch;
import io.siyu.mall.cps.affiliate.ClawbackTime;
import io.siyu.mall.cps.affiliate.ConvertedLink;
import io.siyu.mall.cps.affiliate.Item;
import io.siyu.mall.cps.affiliate.Question;
import io.siyu.mall.cps.affiliate.SyncRules;
import io.siyu.mall.cps.affiliate.TimeWindow;
import io.siyu.mall.cps.order.Clawback;
import io.siyu.mall.cps.order.OrderDocument;
import io.siyu.mall.cps.platform.Platform;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A second platform behind the same port, which never answers. */
@ApplicationScoped
public class StalledPlatform implements AffiliatePlatform {

  private final AtomicInteger asked = new AtomicInteger();

  /** How often it was asked; it never answered. */
  public int asked() {
    return asked.get();
  }

  @Override
  public Platform platform() {
    return Platform.JD;
  }

  @Override
  public boolean configured() {
    return true;
  }

  @Override
  public SyncRules rules() {
    Duration day = Duration.ofDays(1);
    return new SyncRules(Map.of(Question.CREATED, day), day, day, day, day, day);
  }

  @Override
  public boolean knows(String url) {
    return false;
  }

  @Override
  public Uni<String> register(UUID distributorId, String authorization) {
    return Uni.createFrom().nothing();
  }

  @Override
  public Uni<ConvertedLink> convert(Item item, String subAffiliateId) {
    return Uni.createFrom().nothing();
  }

  @Override
  public Uni<Batch<OrderDocument>> orders(Question question, TimeWindow window, String page) {
    asked.incrementAndGet();
    return Uni.createFrom().nothing();
  }

  @Override
  public Uni<Batch<Clawback>> clawbacks(ClawbackTime by, TimeWindow window, String page) {
    return Uni.createFrom().nothing();
  }

  @Override
  public Instant payableFrom(Instant settledAt) {
    return settledAt;
  }
}
