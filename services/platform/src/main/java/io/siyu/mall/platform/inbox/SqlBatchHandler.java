package io.siyu.mall.platform.inbox;

import com.google.protobuf.Message;
import io.siyu.mall.proto.common.v1.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/**
 * Applies several events in one transaction of the plain SQL client: for the hottest paths. When it
 * fails, the transaction is rolled back and the events are handed over again one by one, so that
 * one bad event keeps nobody else's back.
 */
@FunctionalInterface
public interface SqlBatchHandler {

  /**
   * @param events at least one, none of them a repeat; those of one aggregate in their order
   */
  Uni<Void> handle(List<Taken> events, SqlConnection connection);

  /** An event with its payload read. */
  record Taken(Event event, Message payload) {}
}
