package io.siyu.mall.e2e.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siyu.mall.e2e.Addresses;
import io.siyu.mall.e2e.Api;
import io.siyu.mall.e2e.Market;
import io.siyu.mall.e2e.StoryFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The story's traffic while services and the database are killed and started again. At the end
 * every order that was answered with success must exist, once; every trade must have its end; stock
 * and ledger must agree with the orders.
 */
public final class Chaos {
  private static final int BUYERS = 4;
  private static final long SETTLING_NANOS = TimeUnit.MINUTES.toNanos(3);

  private final Addresses addresses;
  private final Runner runner;
  private final Consumer<String> narrator;

  /**
   * @param runner starts again what was killed
   * @param narrator told what happens
   */
  public Chaos(Addresses addresses, Runner runner, Consumer<String> narrator) {
    this.addresses = addresses;
    this.runner = runner;
    this.narrator = narrator;
  }

  /**
   * {@code --kills N --orders M --seed S --json}.
   *
   * @param args see above; 5 kills and 60 orders without
   */
  public static void main(String[] args) throws JsonProcessingException {
    Map<String, Long> options = new java.util.HashMap<>(Map.of("--kills", 5L, "--orders", 60L));
    options.put("--seed", System.nanoTime());
    for (int i = 0; i + 1 < args.length; i++) {
      if (options.containsKey(args[i])) {
        options.put(args[i], Long.parseLong(args[i + 1]));
      }
    }
    Consumer<String> narrator = System.out::println;
    narrator.accept("seed " + options.get("--seed"));
    ChaosResult result =
        new Chaos(Addresses.fromSystemProperties(), Runner.fromSystemProperties(), narrator)
            .run(
                options.get("--kills").intValue(),
                options.get("--orders").intValue(),
                options.get("--seed"));
    narrator.accept(new ObjectMapper().writeValueAsString(result));
    System.exit(result.ok() ? 0 : 1);
  }

  /**
   * Runs it.
   *
   * @param seed of everything random here; what the operating system adds is not in it
   */
  public ChaosResult run(int kills, int orders, long seed) {
    long begin = System.nanoTime();
    Market market = Market.open(addresses, orders * 2L);
    List<Buyer> buyers = buyers(market, seed);
    ExecutorService threads = Executors.newFixedThreadPool(BUYERS + 1);
    int killed;
    try {
      Future<Integer> killer =
          threads.submit(new Killer(runner, new Random(seed), kills, narrator));
      AtomicInteger left = new AtomicInteger(orders);
      List<Future<?>> shopping = new ArrayList<>();
      for (Buyer buyer : buyers) {
        shopping.add(
            threads.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    buyer.buy();
                  }
                }));
      }
      for (Future<?> one : shopping) {
        one.get();
      }
      killed = killer.get();
    } catch (ExecutionException e) {
      throw new StoryFailure("chaos ended early: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
    narrator.accept("the killing is over; waiting until all is quiet");
    return count(market, buyers, killed, begin);
  }

  private List<Buyer> buyers(Market market, long seed) {
    // Somebody else in each run: with a seed that is used again, the orders before would count.
    String run = UUID.randomUUID().toString().substring(0, 8);
    List<Buyer> buyers = new ArrayList<>();
    for (int i = 0; i < BUYERS; i++) {
      Buyer buyer =
          new Buyer(
              Api.anonymous(addresses.gateway()),
              Api.anonymous(addresses.sandbox()),
              "chaos-" + Long.toHexString(seed) + "-" + run + "-" + i,
              market.skus(),
              market.shareCode(),
              new Random(seed + i));
      buyer.arrive();
      buyers.add(buyer);
    }
    return buyers;
  }

  private ChaosResult count(Market market, List<Buyer> buyers, int killed, long begin) {
    int orders = 0;
    int lost = 0;
    int duplicated = 0;
    int stuck = 0;
    long end = System.nanoTime() + SETTLING_NANOS;
    for (Buyer buyer : buyers) {
      for (String trade : buyer.trades()) {
        String state = settled(buyer, trade, end);
        lost += state.equals("LOST") ? 1 : 0;
        stuck += state.equals("PENDING_PAYMENT") ? 1 : 0;
      }
      orders += buyer.trades().size();
      duplicated += Math.max(0, buyer.orders() - buyer.trades().size());
    }
    stuck += market.parkedEvents();
    JsonNode reconciliation = market.reconciliation();
    long money = differences(reconciliation, false);
    long stock = differences(reconciliation, true);
    boolean ok = lost == 0 && duplicated == 0 && stuck == 0 && money == 0 && stock == 0;
    return new ChaosResult(
        ok,
        killed,
        orders,
        lost,
        duplicated,
        money,
        stock,
        stuck,
        Math.round((System.nanoTime() - begin) / 1e8) / 10.0);
  }

  private static String settled(Buyer buyer, String trade, long end) {
    String state = buyer.state(trade);
    while (state.equals("PENDING_PAYMENT") && System.nanoTime() < end) {
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return state;
      }
      state = buyer.state(trade);
    }
    return state;
  }

  private long differences(JsonNode reconciliation, boolean stock) {
    long sum = 0;
    for (JsonNode check : reconciliation.path("checks")) {
      int differences = check.path("differences").size();
      if (differences > 0 && check.path("scope").asText().equals("catalog") == stock) {
        narrator.accept("difference: " + check);
        sum += differences;
      }
    }
    return sum;
  }
}
