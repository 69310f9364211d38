package io.siyu.mall.distributor.distributor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siyu.mall.distributor.distributor.MergedSeats.Owned;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergedSeatsTest {

  private static final UUID ABSORBED = new UUID(1, 1);
  private static final UUID SURVIVOR = new UUID(1, 2);

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, ACTIVE, true",
    "ACTIVE, SUSPENDED, true",
    "SUSPENDED, ACTIVE, true",
    "APPLIED, ACTIVE, true",
    "APPLIED, APPLIED, true",
    "ACTIVE, APPLIED, false",
    "SUSPENDED, APPLIED, false"
  })
  void theSurvivorsSeatStaysUnlessItIsOnlyAWish(
      DistributorState theirs, DistributorState kept, boolean absorbedEnds) {
    Owned absorbed = new Owned(new UUID(2, 1), ABSORBED, theirs);
    Owned survivor = new Owned(new UUID(2, 2), SURVIVOR, kept);
    assertEquals(
        Optional.of(absorbedEnds ? absorbed : survivor),
        MergedSeats.ends(List.of(survivor, absorbed), ABSORBED));
  }

  @Test
  void oneLivingSeatStays() {
    assertEquals(
        Optional.empty(),
        MergedSeats.ends(
            List.of(
                new Owned(new UUID(2, 1), ABSORBED, DistributorState.ACTIVE),
                new Owned(new UUID(2, 2), SURVIVOR, DistributorState.CLOSED)),
            ABSORBED));
  }
}
