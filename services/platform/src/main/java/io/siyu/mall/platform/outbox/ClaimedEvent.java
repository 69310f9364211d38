package io.siyu.mall.platform.outbox;

import io.siyu.mall.proto.common.v1.Event;
import java.util.UUID;

/**
 * A row that this relay holds for a while.
 *
 * @param rowId the outbox row
 * @param claim whose claim it is; the row is settled only if nobody has claimed it since
 * @param attempts attempts including this one
 */
record ClaimedEvent(UUID rowId, UUID claim, int attempts, Event event) {}
