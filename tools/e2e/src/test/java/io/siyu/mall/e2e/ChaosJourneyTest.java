package io.siyu.mall.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.e2e.chaos.Chaos;
import io.siyu.mall.e2e.chaos.ChaosResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A small dose of what {@code ./mall chaos} does. */
@ExtendWith(RunningPlatform.class)
class ChaosJourneyTest {

  @Test
  void killedComponentsLoseNothing(RunningPlatform.Handle platform) {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    ChaosResult result =
        new Chaos(platform.addresses(), platform.runner(), told::add).run(3, 30, 20261122L);
    assertTrue(result.ok(), () -> result + " " + told);
    assertEquals(3, result.kills());
    assertEquals(30, result.orders());
  }
}
