package io.siyu.mall.platform.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class PersistenceTest {

  @Inject Jobs jobs;
  @Inject NoteCommands commands;
  @Inject Pool pool;
  @Inject TestClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void hibernateAndSqlClientAgreeOnEveryType() {
    Instant instant = Instant.parse("2026-02-28T16:30:00.123456Z");
    clock.set(instant);
    UUID id = Ids.next();
    await(() -> commands.write(id, "agree " + id, Money.fen(1990)));

    Row row = row("SELECT * FROM note WHERE id = ?", id);
    assertEquals(id, Ids.uuid(row.get(Buffer.class, "id")));
    assertEquals(instant, SqlParams.instant(row.getLocalDateTime("written_at")));
    assertEquals(1990, row.getLong("price"));
    assertEquals("WRITTEN", row.getString("state"));

    Note note = await(() -> commands.get(id));
    assertEquals(instant, note.writtenAt());
    assertEquals(Money.fen(1990), note.price());
    assertEquals(NoteState.WRITTEN, note.state());
  }

  @Test
  void anIdIsSixteenBytes() {
    UUID id = Ids.next();
    await(() -> commands.write(id, "bytes " + id, Money.ZERO));
    assertEquals(16, row("SELECT LENGTH(id) AS n FROM note WHERE id = ?", id).getInteger("n"));
    Row column =
        row(
            "SELECT COLUMN_TYPE AS t FROM information_schema.columns WHERE table_schema = DATABASE()"
                + " AND table_name = 'note' AND column_name = 'id' AND ? IS NOT NULL",
            id);
    assertEquals("binary(16)", column.getString("t"));
  }

  @Test
  void whatTheSqlClientWritesHibernateReads() {
    UUID id = Ids.next();
    Instant instant = Instant.parse("2026-07-01T00:00:00.000001Z");
    pool.preparedQuery(
            "INSERT INTO note (id, version, text, price, count_up, state, written_at)"
                + " VALUES (?, 0, ?, ?, 3, ?, ?)")
        .execute(SqlParams.tuple(id, "母婴 " + id, Money.fen(5), NoteState.DRAFT, instant))
        .await()
        .atMost(Duration.ofSeconds(5));
    Note note = await(() -> commands.get(id));
    assertEquals(instant, note.writtenAt());
    assertEquals("母婴 " + id, note.text());
    assertEquals(3, note.count());
    assertEquals(NoteState.DRAFT, note.state());
  }

  private Row row(String sql, UUID id) {
    return pool.preparedQuery(sql)
        .execute(SqlParams.tuple(id))
        .await()
        .atMost(Duration.ofSeconds(5))
        .iterator()
        .next();
  }

  private <T> T await(Supplier<Uni<T>> work) {
    return jobs.run(work).await().atMost(Duration.ofSeconds(10));
  }
}
