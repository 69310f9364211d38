package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stores reservations by plain SQL: a few statements that are the same for one and for a hundred,
 * as the {@link StockBook}'s.
 */
@ApplicationScoped
public class SqlReservations {

  private static final String FIND =
      "SELECT r.order_id, r.state, r.holder, r.held_at, r.expires_at,"
          + " l.sku_id, l.quantity, l.restocked"
          + " FROM JSON_TABLE(?, '$[*]' COLUMNS (order_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN reservation r FORCE INDEX (PRIMARY) ON r.order_id = UNHEX(m.order_id)"
          + " STRAIGHT_JOIN reservation_line l FORCE INDEX (PRIMARY) ON l.order_id = r.order_id";

  private static final String ADD =
      "INSERT INTO reservation (order_id, state, holder, held_at, expires_at, ended_at)"
          + " SELECT UNHEX(m.order_id), 'HELD', m.holder, m.held_at, m.expires_at, NULL"
          + " FROM JSON_TABLE(?, '$[*]' COLUMNS (order_id CHAR(32) PATH '$[0]',"
          + " holder VARCHAR(80) PATH '$[1]', held_at DATETIME(6) PATH '$[2]',"
          + " expires_at DATETIME(6) PATH '$[3]')) m";

  private static final String ADD_LINES =
      "INSERT INTO reservation_line (order_id, sku_id, quantity, restocked)"
          + " SELECT UNHEX(m.order_id), UNHEX(m.sku_id), m.quantity, 0"
          + " FROM JSON_TABLE(?, '$[*]' COLUMNS (order_id CHAR(32) PATH '$[0]',"
          + " sku_id CHAR(32) PATH '$[1]', quantity BIGINT PATH '$[2]')) m";

  private static final String DUE =
      "SELECT order_id FROM reservation WHERE state = 'HELD' AND expires_at <= ?"
          + " ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED";

  private static final String END_ALL =
      "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (order_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN reservation r FORCE INDEX (PRIMARY) ON r.order_id = UNHEX(m.order_id)"
          + " SET r.state = ?, r.ended_at = ?";

  private static final String UPDATE =
      "UPDATE reservation SET state = ?, expires_at = ?, ended_at = ? WHERE order_id = ?";

  private static final String RESTOCKED =
      "UPDATE reservation_line SET restocked = ? WHERE order_id = ? AND sku_id = ?";

  /** The reservations of the orders that have one, as they are. */
  public Uni<Map<UUID, Reservation>> find(SqlReader reader, Collection<UUID> orderIds) {
    return reader.select(FIND, StockBook.ids(orderIds)).map(SqlReservations::reservations);
  }

  /** As {@link #find}, locked until the end of the transaction. */
  public Uni<Map<UUID, Reservation>> lock(SqlTransaction tx, Collection<UUID> orderIds) {
    return tx.select(FIND + " FOR UPDATE", StockBook.ids(orderIds))
        .map(SqlReservations::reservations);
  }

  /** Locks reservations whose time is over and that nobody else works on. */
  public Uni<Map<UUID, Reservation>> lockDue(SqlTransaction tx, Instant now, int limit) {
    return tx.select(DUE, now, limit)
        .chain(
            rows ->
                rows.isEmpty()
                    ? Uni.createFrom().item(Map.of())
                    : lock(tx, rows.stream().map(row -> row.uuid(0)).toList()));
  }

  /** Adds new reservations; two inserts however many they are. */
  public Uni<Void> add(SqlTransaction tx, List<ReservationRequest> granted) {
    JsonArray orders = new JsonArray();
    JsonArray lines = new JsonArray();
    for (ReservationRequest request : granted) {
      String order = StockBook.hex(request.orderId());
      orders.add(
          new JsonArray()
              .add(order)
              .add(request.holder())
              .add(SqlParams.utc(request.heldAt()).toString())
              .add(SqlParams.utc(request.expiresAt()).toString()));
      request
          .quantities()
          .forEach(
              (sku, quantity) ->
                  lines.add(new JsonArray().add(order).add(StockBook.hex(sku)).add(quantity)));
    }
    return tx.execute(ADD, orders.encode())
        .chain(() -> tx.execute(ADD_LINES, lines.encode()))
        .replaceWithVoid();
  }

  /** Writes what a verb changed. */
  public Uni<Void> save(SqlTransaction tx, Reservation.Step step, Instant now) {
    Reservation after = step.after();
    Instant endedAt = after.state() == ReservationState.HELD ? null : now;
    Uni<Void> written =
        tx.execute(UPDATE, after.state(), after.expiresAt(), endedAt, after.orderId())
            .replaceWithVoid();
    for (int i = 0; i < after.lines().size(); i++) {
      Reservation.Line line = after.lines().get(i);
      if (line.restocked() != step.before().lines().get(i).restocked()) {
        written =
            written.chain(
                () ->
                    tx.execute(RESTOCKED, line.restocked(), after.orderId(), line.skuId())
                        .replaceWithVoid());
      }
    }
    return written;
  }

  /** Writes that all of these ended in the state. */
  public Uni<Void> endAll(
      SqlTransaction tx, Collection<UUID> orderIds, ReservationState state, Instant now) {
    return tx.execute(END_ALL, StockBook.ids(orderIds), state, now).replaceWithVoid();
  }

  private static Map<UUID, Reservation> reservations(List<SqlRow> rows) {
    Map<UUID, List<Reservation.Line>> lines = new LinkedHashMap<>();
    Map<UUID, SqlRow> heads = new LinkedHashMap<>();
    for (SqlRow row : rows) {
      UUID orderId = row.uuid(0);
      heads.putIfAbsent(orderId, row);
      lines
          .computeIfAbsent(orderId, id -> new ArrayList<>())
          .add(new Reservation.Line(row.uuid(5), row.number(6), row.number(7)));
    }
    Map<UUID, Reservation> found = new LinkedHashMap<>();
    heads.forEach(
        (orderId, row) ->
            found.put(
                orderId,
                new Reservation(
                    orderId,
                    ReservationState.valueOf(row.text(1)),
                    row.text(2),
                    lines.get(orderId),
                    row.instant(3),
                    row.instant(4))));
    return found;
  }
}
