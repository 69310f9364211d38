package io.siyu.mall.distributor.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerWatchTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LedgerWatch watch = new LedgerWatch(null, null, meters);

  @Test
  void saysNothingBeforeTheFirstRun() {
    assertEquals(0, gauge("mall_ledger_checked_at_seconds"));
  }

  @Test
  void showsWhatTheLastRunFound() {
    Check bad = new Check("ledger.entries-balance");
    bad.compare("one", 0, -30, "the postings of an entry");
    bad.compare("other", 5, 12, "the postings of an entry");
    watch.show(List.of(bad, new Check("ledger.debt-excludes-available")));
    assertEquals(2, gauge("mall_ledger_differences"));
    assertEquals(37, gauge("mall_ledger_difference_fen"));
    assertTrue(gauge("mall_ledger_checked_at_seconds") > 1_700_000_000);

    watch.show(List.of());
    assertEquals(0, gauge("mall_ledger_differences"));
    assertEquals(0, gauge("mall_ledger_difference_fen"));
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }
}
