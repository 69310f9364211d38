package io.siyu.mall.distributor.fan;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Counts members' paid orders, which makes a fan effective. */
public interface FanBook {

  /** Orders were paid; the caller sees to it that each is told once. */
  Uni<Void> ordersPaid(SqlTransaction tx, List<PaidOrder> orders);

  /** Who paid, and when. */
  record PaidOrder(UUID memberId, Instant paidAt) {}
}
