package io.siyu.mall.catalog.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.proto.common.v1.Check;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every identity is shown to fail: what the code never does is done to the tables by hand. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class ReconciliationTest {

  @Inject Pool pool;

  private final UUID sku = UUID.fromString(CatalogFixture.onSale(10).getSkus(0).getSkuId());
  private final UUID order = UUID.randomUUID();

  @Test
  void everyIdentityIsCheckedOverAllRows() {
    assertTrue(StockCalls.admin().reconcile().size() >= 9);
    for (Check check : StockCalls.admin().reconcile()) {
      assertEquals(0, check.getDifferenceCount(), check::toString);
    }
    assertTrue(StockCalls.admin().reconcile().get(0).getCompared() >= 1);
  }

  @Test
  void piecesThatNobodySupplied() {
    breaks(
        "UPDATE stock_level SET supplied = supplied + 3, available = available + 3"
            + " WHERE sku_id = ?",
        "UPDATE stock_level SET supplied = supplied - 3, available = available - 3"
            + " WHERE sku_id = ?",
        sku,
        Map.of("stock.supplied-is-in-the-book", 3L, "stock.available-is-in-the-book", 3L));
  }

  @Test
  void piecesHeldForNobody() {
    breaks(
        "UPDATE stock_level SET held = held + 2, available = available - 2 WHERE sku_id = ?",
        "UPDATE stock_level SET held = held - 2, available = available + 2 WHERE sku_id = ?",
        sku,
        Map.of("stock.held-is-in-held-reservations", 2L, "stock.available-is-in-the-book", 2L));
  }

  @Test
  void aReservationThatWasCommittedBehindTheLevelsBack() {
    StockCalls.service().reserve(order.toString(), sku.toString(), 4);
    breaks(
        "UPDATE reservation SET state = 'COMMITTED' WHERE order_id = ?",
        "UPDATE reservation SET state = 'HELD' WHERE order_id = ?",
        order,
        Map.of(
            "stock.held-is-in-held-reservations", 4L,
            "stock.sold-is-in-committed-reservations", 4L));
  }

  @Test
  void aReservationWithoutLines() {
    breaks(
        "INSERT INTO reservation (order_id, state, holder, held_at) VALUES (?, 'RELEASED', 'x',"
            + " UTC_TIMESTAMP(6))",
        "DELETE FROM reservation WHERE order_id = ?",
        order,
        Map.of("stock.every-reservation-has-lines", 1L));
  }

  @Test
  void aPriceThatIsNotInItsHistory() {
    breaks(
        "UPDATE sku SET price = price - 5 WHERE id = ?",
        "UPDATE sku SET price = price + 5 WHERE id = ?",
        sku,
        Map.of("catalog.price-is-the-newest-in-its-history", 5L));
  }

  private void breaks(String damage, String repair, UUID id, Map<String, Long> amounts) {
    execute(damage, id);
    try {
      Map<String, Long> found = new TreeMap<>();
      for (Check check : StockCalls.admin().reconcile()) {
        if (check.getDifferenceCount() > 0) {
          found.put(check.getName(), check.getDifferenceAmount());
          assertEquals(1, check.getDifferencesCount());
          assertTrue(
              check.getDifferences(0).getKey().equalsIgnoreCase(id.toString().replace("-", ""))
                  || check
                      .getDifferences(0)
                      .getKey()
                      .equalsIgnoreCase(sku.toString().replace("-", "")));
        }
      }
      assertEquals(new TreeMap<>(amounts), found);
    } finally {
      execute(repair, id);
    }
  }

  private void execute(String sql, UUID id) {
    pool.preparedQuery(sql).execute(SqlParams.tuple(id)).await().atMost(Duration.ofSeconds(10));
  }
}
