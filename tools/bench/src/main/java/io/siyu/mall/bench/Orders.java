package io.siyu.mall.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Orders placed through the gateway, against a plain client that runs the same statements on the
 * same server with as many connections, and nothing else. The orders stay unpaid and cancel
 * themselves after the payment window; no member may have many, so many members place them.
 */
@Command(name = "orders", description = "Orders placed per second, against plain SQL.")
final class Orders implements Callable<Integer> {

  private static final long PIECES = 20_000;

  @Mixin private Options options;

  @Option(
      names = "--members",
      defaultValue = "12000",
      description =
          "How many members place them, at most four unpaid orders each (default: ${DEFAULT-VALUE}).")
  private int members;

  @Override
  public Integer call() throws IOException, SQLException {
    URI gateway = Options.gateway();
    Shop shop = new Shop();
    List<Shop.Shopper> shoppers = shop.shoppers(Math.max(members, options.connections));
    List<String> skus = shop.skus(PIECES);
    AtomicInteger placed = new AtomicInteger();
    IntFunction<byte[]> order =
        i ->
            Shop.order(
                gateway,
                next(shoppers, placed),
                skus.get(ThreadLocalRandom.current().nextInt(skus.size())));
    Measured floor = new Measured();
    Measured platform = new Measured();
    long statements = 0;
    long floorStatements = 0;
    WarmUp warmUp;
    try (HttpLoad load = new HttpLoad(gateway, options.connections)) {
      warmUp = options.warmUp((time, into) -> load.run(order, time, into));
      try (PlainOrders plain = new PlainOrders(options.connections, shoppers, skus)) {
        plain.run(options.warmUp().dividedBy(4), new Measured());
        for (int round = 0; round < options.rounds; round++) {
          long before = plain.statements();
          plain.run(options.slice(), floor);
          long between = plain.statements();
          load.run(order, options.slice(), platform);
          statements += plain.statements() - between;
          floorStatements += between - before;
        }
      }
    }
    new Result("orders", platform, floor)
        .put("connections", options.connections)
        .put("warmUpSeconds", warmUp.seconds())
        .put("steady", warmUp.steady())
        .put("statementsPerOrder", perOrder(statements, platform))
        .put("floorStatementsPerOrder", perOrder(floorStatements, floor))
        .print(options.json);
    return 0;
  }

  /** One after the other: by their last order nobody has more unpaid than is allowed. */
  private static Shop.Shopper next(List<Shop.Shopper> shoppers, AtomicInteger placed) {
    int order = placed.getAndIncrement();
    if (order >= shoppers.size() * Shop.UNPAID) {
      throw new IllegalStateException("more orders than members may place unpaid: --members");
    }
    return shoppers.get(order % shoppers.size());
  }

  private static double perOrder(long statements, Measured orders) {
    return orders.count() == 0 ? 0 : (double) statements / orders.count();
  }
}
