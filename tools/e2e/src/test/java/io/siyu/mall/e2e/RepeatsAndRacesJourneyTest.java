package io.siyu.mall.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same request twice, and two people after the same piece. */
@ExtendWith(RunningPlatform.class)
class RepeatsAndRacesJourneyTest {

  @Test
  void aRepeatedRequestGetsTheSameAnswerAndHasOneEffect(Addresses addresses) {
    Journey journey = Journey.on(addresses);
    Scene.Purchase goods = journey.scene().purchases.get(1);
    Scene.Person person = journey.shopper("重复");
    Map<String, Object> basket = Journey.basket(goods.skuId(), 1, Journey.address(person));
    long before = journey.available(goods);
    String key = UUID.randomUUID().toString();
    Api.Answer first = person.api().post("/shop/v1/trades", basket, key);
    Api.Answer second = person.api().post("/shop/v1/trades", basket, key);
    assertEquals(first.ok(), second.ok());
    assertEquals(before - 1, journey.available(goods));
    assertEquals(1, person.api().get("/shop/v1/orders").ok().path("items").size());
  }

  @Test
  void aKeyUsedForAnotherRequestIsRefused(Addresses addresses) {
    Journey journey = Journey.on(addresses);
    Scene.Purchase goods = journey.scene().purchases.get(1);
    Scene.Person person = journey.shopper("换单");
    String address = Journey.address(person);
    String key = UUID.randomUUID().toString();
    person.api().post("/shop/v1/trades", Journey.basket(goods.skuId(), 1, address), key).ok();
    Api.Answer other =
        person.api().post("/shop/v1/trades", Journey.basket(goods.skuId(), 2, address), key);
    assertEquals("IDEMPOTENCY_KEY_REUSED", other.json().path("reason").asText());
    assertEquals(1, person.api().get("/shop/v1/orders").ok().path("items").size());
  }

  @Test
  void theLastPieceIsSoldOnce(Addresses addresses) throws Exception {
    Journey journey = Journey.on(addresses);
    Scene.Purchase goods = journey.scene().purchases.get(1);
    journey.setAvailable(goods, 1);
    List<Callable<Integer>> buyers =
        List.of("甲", "乙").stream()
            .map(journey::shopper)
            .map(person -> Map.entry(person, Journey.address(person)))
            .map(
                buyer ->
                    (Callable<Integer>)
                        () ->
                            buyer
                                .getKey()
                                .api()
                                .post(
                                    "/shop/v1/trades",
                                    Journey.basket(goods.skuId(), 1, buyer.getValue()))
                                .status())
            .toList();
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      int placed = 0;
      for (Future<Integer> answer : both.invokeAll(buyers)) {
        placed += answer.get() / 100 == 2 ? 1 : 0;
      }
      assertEquals(1, placed);
      assertEquals(0, journey.available(goods));
    } finally {
      both.shutdownNow();
      journey.setAvailable(goods, 100);
    }
  }
}
