package io.siyu.mall.catalog.stock;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Holds pieces for orders by group commit. Requests that arrive while a transaction of their lane
 * runs wait for it (never for a timer) and then share the next one; every caller is answered after
 * the commit. A SKU always goes through the same lane, so that a hot one never queues on its row
 * lock. Statements that do not need each other's answer are sent without waiting for it.
 */
@ApplicationScoped
public class ReserveStock {

  static final String AGAIN = "mall.stock.group.again";

  private final List<ReservationLane> lanes;

  ReserveStock(
      Pool pool,
      StockBook book,
      SqlReservations reservations,
      Vertx vertx,
      MeterRegistry meters,
      @ConfigProperty(name = "mall.stock.lanes", defaultValue = "4") int laneCount,
      @ConfigProperty(name = "mall.stock.longest-group", defaultValue = "PT3S")
          Duration longestGroup) {
    GroupCommit commit = new GroupCommit(pool, book, reservations, longestGroup);
    DistributionSummary sizes =
        DistributionSummary.builder("mall.stock.group.size")
            .description("requests that share one transaction")
            .register(meters);
    Counter again =
        Counter.builder(AGAIN)
            .description("transactions that were undone to decide request by request")
            .register(meters);
    this.lanes =
        IntStream.range(0, laneCount)
            .mapToObj(i -> new ReservationLane(vertx.getOrCreateContext(), commit, sizes, again))
            .toList();
  }

  /**
   * Holds all lines or none. The answer comes after the commit, on the caller's context.
   *
   * @return the reservation, or a failure as {@link ReservationGroup#decide} says
   */
  public Uni<Reservation> reserve(ReservationRequest request) {
    Context caller = Vertx.currentContext();
    Uni<Reservation> answer =
        Uni.createFrom().emitter(emitter -> lane(request).add(request, emitter));
    return caller == null
        ? answer
        : answer.emitOn(command -> caller.runOnContext(ignored -> command.run()));
  }

  private ReservationLane lane(ReservationRequest request) {
    int hash = request.quantities().keySet().iterator().next().hashCode();
    return lanes.get(Math.floorMod(hash, lanes.size()));
  }
}
