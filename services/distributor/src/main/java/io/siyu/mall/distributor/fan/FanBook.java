package io.siyu.mall.distributor.fan;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/** Counts a member's paid orders, which makes a fan effective. */
public interface FanBook {

  /** An order of the member was paid; the caller sees to it that each order is told once. */
  Uni<Void> orderPaid(SqlTransaction tx, UUID memberId, Instant paidAt);
}
