package io.siyu.mall.platform.inbox;

import com.google.protobuf.Message;
import io.siyu.mall.proto.common.v1.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** As {@link EventHandler}, in a transaction of the plain SQL client: for hot paths. */
@FunctionalInterface
public interface SqlEventHandler<T extends Message> {

  Uni<Void> handle(Event event, T payload, SqlConnection connection);
}
