package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final String DUE =
      "SELECT order_id FROM reservation WHERE state = 'HELD' AND expires_at <= ?"
          + " ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED";

  private static final String END_ALL =
      "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (order_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN reservation r FORCE INDEX (PRIMARY) ON r.order_id = UNHEX(m.order_id)"
          + " SET r.state = ?, r.ended_at = ?";

  private static final String UPDATE_ALL =
      "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (order_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN reservation r FORCE INDEX (PRIMARY) ON r.order_id = UNHEX(m.order_id)"
          + " SET r.state = ?, r.expires_at = ?, r.ended_at = ?";

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
    SqlValues orders =
        SqlValues.into("reservation", "order_id", "state", "holder", "held_at", "expires_at");
    SqlValues lines =
        SqlValues.into("reservation_line", "order_id", "sku_id", "quantity", "restocked");
    for (ReservationRequest request : granted) {
      orders.row(
          request.orderId(),
          ReservationState.HELD,
          request.holder(),
          request.heldAt(),
          request.expiresAt());
      request
          .quantities()
          .forEach((sku, quantity) -> lines.row(request.orderId(), sku, quantity, 0L));
    }
    return Uni.combine().all().unis(tx.insert(orders), tx.insert(lines)).discardItems();
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

  /** Writes states, one statement for all that are in the same one until the same moment. */
  public Uni<Void> saveAll(SqlTransaction tx, Collection<Reservation> changed, Instant now) {
    Map<List<Object>, List<UUID>> alike = new LinkedHashMap<>();
    for (Reservation reservation : changed) {
      alike
          .computeIfAbsent(
              Arrays.asList(reservation.state(), reservation.expiresAt()),
              state -> new ArrayList<>())
          .add(reservation.orderId());
    }
    Uni<Void> written = Uni.createFrom().voidItem();
    for (Map.Entry<List<Object>, List<UUID>> some : alike.entrySet()) {
      Object state = some.getKey().get(0);
      Object expiresAt = some.getKey().get(1);
      Instant endedAt = state == ReservationState.HELD ? null : now;
      written =
          written
              .chain(
                  () ->
                      tx.execute(
                          UPDATE_ALL, StockBook.ids(some.getValue()), state, expiresAt, endedAt))
              .replaceWithVoid();
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
