package io.siyu.mall.platform.outbox;

import io.siyu.mall.proto.common.v1.Event;
import java.util.UUID;

/**
 * A row that this relay holds for a while.
 *
 * @param rowId the outbox row
 * @param attempts attempts including this one; the row is settled only if it still has that number
 */
record ClaimedEvent(UUID rowId, int attempts, Event event) {}
