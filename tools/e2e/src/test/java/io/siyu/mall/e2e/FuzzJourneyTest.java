package io.siyu.mall.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.e2e.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A small dose of what {@code ./mall fuzz} sends. */
@ExtendWith(RunningPlatform.class)
class FuzzJourneyTest {

  @Test
  void nonsenseIsRefusedWithAReason(Addresses addresses) {
    List<String> findings = new ArrayList<>();
    Fuzz.Result result = new Fuzz(addresses, false, findings::add).run(200, 20261122L);
    assertEquals(600, result.requests());
    assertTrue(result.ok(), findings::toString);
  }
}
