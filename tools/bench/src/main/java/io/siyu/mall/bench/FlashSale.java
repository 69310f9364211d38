package io.siyu.mall.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Many callers reserve one hot SKU at catalog's {@code Reserve}, against a plain client that does
 * the same one by one on a copy of the tables. Afterwards they rush for the last pieces of another
 * SKU, and the books are compared with the answers.
 */
@Command(
    name = "flash-sale",
    description = "Reservations of one hot SKU per second, against plain SQL.")
final class FlashSale implements Callable<Integer> {

  private static final String RESERVE = "/mall.catalog.v1.Stock/Reserve";
  private static final long PIECES = 50_000_000;
  private static final int LAST_PIECES = 1_000;
  private static final Duration RUSH = Duration.ofSeconds(2);

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  @Option(
      names = "--callers",
      defaultValue = "128",
      description = "Callers at once, and the floor's connections (default ${DEFAULT-VALUE}).")
  private int callers;

  @Option(
      names = "--channels",
      defaultValue = "4",
      description = "HTTP/2 connections that the callers share (default ${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--seconds",
      defaultValue = "18",
      description = "Time to measure, floor and platform together (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Turns of floor and platform, against drifts (default ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "30",
      description = "Seconds of load before, for the compilers (default ${DEFAULT-VALUE}).")
  private int warmUpSeconds;

  @Override
  public Integer call() throws IOException, SQLException {
    List<Shop.Shopper> members = new Shop().shoppers(callers);
    HotGoods hot = HotGoods.create(PIECES);
    HotGoods last = HotGoods.create(LAST_PIECES);
    List<byte[]> heads =
        members.stream().map(m -> HeaderBlock.of(RESERVE, "catalog", m.token())).toList();
    Duration slice = Duration.ofMillis(seconds * 1_000L / (2L * rounds));
    Measured floor = new Measured();
    Measured platform = new Measured();
    Measured warm = new Measured();
    Measured rush = new Measured();
    Groups groups;
    try (Connection root = PlainOrders.connect();
        GrpcLoad load = new GrpcLoad(CatalogPorts.grpc(), channels, heads)) {
      load.run(reservation(hot), Duration.ofSeconds(warmUpSeconds), warm);
      if (warm.count() == 0) {
        throw new IOException("nothing was reserved: " + warm.firstError());
      }
      try (PlainReservations plain = new PlainReservations(callers)) {
        plain.run(slice.dividedBy(2), new Measured());
        Groups before = Groups.now();
        for (int round = 0; round < rounds; round++) {
          plain.run(slice, floor);
          load.run(reservation(hot), slice, platform);
        }
        groups = Groups.now().since(before);
      }
      load.run(reservation(last), RUSH, rush);
      long promised = warm.count() + platform.count();
      Books hotBooks = Books.of(root, hot.skuId());
      Books lastBooks = Books.of(root, last.skuId());
      long lost = promised - hotBooks.held() + rush.count() - lastBooks.held();
      long differ = hotBooks.difference() + lastBooks.difference();
      result(platform, floor)
          .put("reserved", promised)
          .put("lost", lost)
          .put("oversold", Math.max(0, rush.count() - LAST_PIECES))
          .put("rushed", rush.count())
          .put("refused", rush.errors())
          .put("booksDiffer", differ)
          .put("requestsPerCommit", groups.mean())
          .put("flushAtCommit", flushAtCommit(root))
          .print(json);
      return lost == 0 && differ == 0 && rush.count() == LAST_PIECES ? 0 : 1;
    }
  }

  private Result result(Measured platform, Measured floor) {
    return new Result("flash-sale", platform, floor)
        .put("callers", callers)
        .put("channels", channels);
  }

  /** A reservation of one piece for an order of its own. */
  private static IntFunction<byte[]> reservation(HotGoods goods) {
    return caller -> ReserveMessage.of(OrderIds.next(), goods.skuId());
  }

  private static String flushAtCommit(Connection root) throws SQLException {
    try (Statement statement = root.createStatement();
        var row = statement.executeQuery("SELECT @@innodb_flush_log_at_trx_commit")) {
      row.next();
      return row.getString(1);
    }
  }
}
