package io.siyu.mall.platform.inbox;

import com.google.protobuf.Message;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Event;
import io.smallrye.mutiny.Uni;

/**
 * Applies one event inside the transaction that also stores its id: a repeat is not handed to it.
 *
 * <p>It fails with a {@code DomainException}: INVALID_ARGUMENT and FAILED_PRECONDITION park the
 * event at its sender at once; any other failure is tried again later.
 */
@FunctionalInterface
public interface EventHandler<T extends Message> {

  /**
   * @param tx the open Hibernate transaction; {@code Panache.getSession()} gives its session
   */
  Uni<Void> handle(Event event, T payload, SqlTransaction tx);
}
