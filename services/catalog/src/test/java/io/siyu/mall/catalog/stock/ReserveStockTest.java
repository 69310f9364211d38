package io.siyu.mall.catalog.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.Reservation;
import io.siyu.mall.proto.catalog.v1.ReservationState;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class ReserveStockTest {

  @Test
  void holdsPiecesForAnOrder() {
    Product product = CatalogFixture.onSale(10);
    String sku = product.getSkus(0).getSkuId();
    StockCalls member = StockCalls.member();
    String order = UUID.randomUUID().toString();

    Reservation reservation = member.reserve(order, sku, 3);

    assertEquals(ReservationState.HELD, reservation.getState());
    assertTrue(reservation.hasExpiresAt());
    assertEquals(StockCalls.level(sku, 10, 7, 3, 0), StockCalls.admin().level(sku));
    assertEquals(reservation, member.reserve(order, sku, 3), "the same order again");
    assertEquals(7, StockCalls.admin().level(sku).getAvailable());
  }
}
