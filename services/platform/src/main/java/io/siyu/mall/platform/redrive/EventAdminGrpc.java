package io.siyu.mall.platform.redrive;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.outbox.OutboxRows;
import io.siyu.mall.platform.outbox.Relay;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.proto.common.v1.EventAdmin;
import io.siyu.mall.proto.common.v1.ListParkedEventsRequest;
import io.siyu.mall.proto.common.v1.ListParkedEventsResponse;
import io.siyu.mall.proto.common.v1.ParkedEvent;
import io.siyu.mall.proto.common.v1.RedriveParkedEventsRequest;
import io.siyu.mall.proto.common.v1.RedriveParkedEventsResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Lists events that were parked, and puts them back into the queue. For platform staff. */
@GrpcService
public class EventAdminGrpc implements EventAdmin {

  private final Pool pool;
  private final Idempotency idempotency;
  private final Relay relay;

  EventAdminGrpc(Pool pool, Idempotency idempotency, Relay relay) {
    this.pool = pool;
    this.idempotency = idempotency;
    this.relay = relay;
  }

  @Override
  public Uni<ListParkedEventsResponse> listParkedEvents(ListParkedEventsRequest request) {
    int size = PageSize.of(request.getPageSize());
    StringBuilder sql = new StringBuilder("SELECT * FROM outbox WHERE parked_at IS NOT NULL");
    List<Object> params = new ArrayList<>();
    if (!request.getSubscriber().isEmpty()) {
      sql.append(" AND subscriber = ?");
      params.add(request.getSubscriber());
    }
    PageTokens.PageKey after = PageTokens.decode(request.getPageToken(), 1);
    if (after != null) {
      sql.append(" AND id > ?");
      params.add(after.uuid(0));
    }
    params.add(size + 1);
    return pool.preparedQuery(sql.append(" ORDER BY id LIMIT ?").toString())
        .execute(SqlParams.tuple(params.toArray()))
        .map(
            rows -> {
              List<Row> found = new ArrayList<>();
              rows.forEach(found::add);
              return page(found, size);
            });
  }

  @Override
  public Uni<RedriveParkedEventsResponse> redriveParkedEvents(RedriveParkedEventsRequest request) {
    Validation.start()
        .require(
            request.getEventIdsCount() > 0 || !request.getSubscriber().isEmpty(),
            "event_ids",
            "or subscriber must be given")
        .range("event_ids", request.getEventIdsCount(), 0, 1_000)
        .check();
    List<UUID> ids = Ids.parseAll("event_ids", request.getEventIdsList());
    return idempotency
        .onceSql(
            RequestKey.of("common.RedriveParkedEvents", request.getRequestId(), request),
            RedriveParkedEventsResponse.parser(),
            sql -> redrive(sql, request.getSubscriber(), ids))
        .invoke(relay::poll);
  }

  private static Uni<RedriveParkedEventsResponse> redrive(
      SqlConnection connection, String subscriber, List<UUID> ids) {
    StringBuilder sql =
        new StringBuilder(
            "UPDATE outbox SET parked_at = NULL, attempts = 0, next_attempt_at = UTC_TIMESTAMP(6)"
                + " WHERE parked_at IS NOT NULL");
    List<Object> params = new ArrayList<>(ids);
    if (!ids.isEmpty()) {
      sql.append(" AND event_id IN ").append(OutboxRows.placeholders(ids.size()));
    }
    if (!subscriber.isEmpty()) {
      sql.append(" AND subscriber = ?");
      params.add(subscriber);
    }
    return connection
        .preparedQuery(sql.toString())
        .execute(SqlParams.tuple(params.toArray()))
        .map(rows -> RedriveParkedEventsResponse.newBuilder().setRedriven(rows.rowCount()).build());
  }

  private static ListParkedEventsResponse page(List<Row> rows, int size) {
    ListParkedEventsResponse.Builder page = ListParkedEventsResponse.newBuilder();
    rows.stream().limit(size).forEach(row -> page.addEvents(parked(row)));
    if (rows.size() > size) {
      page.setNextPageToken(
          PageTokens.encode(Ids.uuid(rows.get(size - 1).get(Buffer.class, "id"))));
    }
    return page.build();
  }

  private static ParkedEvent parked(Row row) {
    String error = row.getString("last_error");
    return ParkedEvent.newBuilder()
        .setEvent(OutboxRows.event(row))
        .setSubscriber(row.getString("subscriber"))
        .setAttempts(row.getInteger("attempts"))
        .setLastError(error == null ? "" : error)
        .setParkedAt(ProtoTime.to(SqlParams.instant(row.getLocalDateTime("parked_at"))))
        .build();
  }
}
