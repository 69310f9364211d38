package io.siyu.mall.platform.idempotency;

import com.google.protobuf.Message;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.sql.NewRows;
import java.util.List;

/**
 * The whole effect of a request that reads nothing and changes no row that is there.
 *
 * @param events of aggregates that are new with it
 */
public record Inserts<R extends Message>(R response, NewRows rows, List<OutgoingEvent> events) {}
