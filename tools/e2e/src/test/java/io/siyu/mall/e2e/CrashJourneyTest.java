package io.siyu.mall.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service dies after its commit and before anybody was told. */
@ExtendWith(RunningPlatform.class)
class CrashJourneyTest {

  @Test
  void eventsCommittedBeforeACrashTakeEffectOnceAfterIt(RunningPlatform.Handle platform) {
    Journey journey = Journey.on(platform.addresses()).recruited();
    Scene scene = journey.scene();
    SellThroughAShare.place(scene);
    platform.kill("distributor");
    SellThroughAShare.pay(scene);
    platform.kill("order");
    platform.heal();
    JsonNode balance =
        scene.await(
            "the commission",
            () -> scene.bea.api().get("/partner/v1/balance"),
            answer -> answer.path("pendingFen").asLong() > 0);
    long expected =
        scene.purchases.stream()
            .mapToLong(purchase -> purchase.baseFen() * purchase.directBasisPoints() / 10_000)
            .sum();
    assertEquals(expected, balance.path("pendingFen").asLong());
    JsonNode reconciliation = scene.finance.get("/admin/v1/reconciliation").ok();
    assertTrue(reconciliation.path("ok").asBoolean(), reconciliation.toString());
  }
}
