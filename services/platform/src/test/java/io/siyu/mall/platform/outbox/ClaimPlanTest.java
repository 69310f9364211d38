package io.siyu.mall.platform.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.test.MallDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A claim costs what it claims, whatever the statistics say about a table that is mostly empty. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class ClaimPlanTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Inject Pool pool;

  @Test
  void noOtherIndexesAreThoughtOfThanWhatIsDueAndAnAggregatesOrder() {
    List<String> keys = new ArrayList<>();
    for (Row row :
        pool.preparedQuery("EXPLAIN " + OutboxRows.DUE)
            .execute(Tuple.of("nobody", 500))
            .await()
            .atMost(LONG)) {
      keys.add(row.getString("possible_keys"));
    }
    assertEquals(List.of("outbox_due", "outbox_order"), keys);
  }
}
