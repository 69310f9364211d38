package io.siyu.mall.order.checkout;

import static io.siyu.mall.order.fixture.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.order.client.CatalogClient;
import io.siyu.mall.order.fixture.Memory;
import io.siyu.mall.order.order.Address;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.Seals;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.order.TradeState;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.test.TestClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mysqlclient.MySQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Another replica places a trade of the same member between the check and the insert. */
class OvertakenTest {

  private static final Address ADDRESS =
      new Address("王小明", "13812345678", "上海市", "上海市", "徐汇区", "漕溪北路 1 号");

  private final UUID member = Ids.next();
  private final List<Buyer.Recent> last = new ArrayList<>();
  private final TestClock clock = new TestClock();
  private final PlaceTrade trades =
      new PlaceTrade(
          null,
          null,
          null,
          null,
          Seals.plain(),
          anybody -> Uni.createFrom().item(new Buyer(List.copyOf(last))),
          Memory.holdLimits(),
          Memory.orderConfig(),
          clock);
  private int writes;

  @Test
  void whoWasOvertakenIsCheckedAgainAndGoesOn() {
    waiting(1);
    assertEquals("placed", place(3));
    assertEquals(3, writes);
  }

  @Test
  void whoWasOvertakenByTheLastOneAllowedIsRefused() {
    waiting(5);
    assertEquals(
        Buyer.TOO_MANY_UNPAID_TRADES, assertThrows(DomainException.class, () -> place(3)).reason());
    assertEquals(1, writes);
  }

  @Test
  void anotherKeyThatIsTakenIsNotTriedAgain() {
    assertThrows(MySQLException.class, () -> place(9));
    assertEquals(6, writes, "five times overtaken is enough");
    writes = 0;
    assertThrows(
        MySQLException.class,
        () -> trades.place(prepared(), placed -> taken("PRIMARY")).await().indefinitely());
    assertEquals(1, writes);
  }

  /** Placed by the so-manyth write; the ones before are overtaken. */
  private String place(int successful) {
    clock.set(NOON);
    return trades
        .place(
            prepared(),
            placed ->
                writes + 1 < successful
                    ? taken("trade_member")
                    : Uni.createFrom().item("placed").invoke(() -> writes++))
        .await()
        .indefinitely();
  }

  private Uni<String> taken(String key) {
    writes++;
    return Uni.createFrom()
        .failure(new MySQLException("Duplicate entry 'x' for key '" + key + "'", 1062, "23000"));
  }

  private void waiting(int trades) {
    for (int i = 1; i <= trades; i++) {
      last.add(
          0,
          new Buyer.Recent(
              i,
              TradeState.PENDING_PAYMENT,
              NOON,
              NOON.plus(Duration.ofMinutes(30)),
              null,
              Map.of()));
    }
  }

  private PlaceTrade.Prepared prepared() {
    CatalogClient.Quote quote =
        new CatalogClient.Quote(
            Ids.next(),
            Ids.next(),
            Ids.next(),
            "a",
            "a",
            List.of(),
            "",
            "",
            "",
            Money.fen(1),
            7,
            100,
            true,
            "");
    PricedBasket priced =
        new PricedBasket(List.of(new PricedLine(quote, 1, Money.fen(1), List.of())));
    return new PlaceTrade.Prepared(
        new PlaceTrade.Wish(member, new Basket(Map.of(quote.skuId(), 1L)), "", "", ADDRESS, ""),
        priced,
        1,
        Map.of(),
        new StockHolds.Held(TradeId.next(), Map.of("a", OrderId.next())));
  }
}
