package io.siyu.mall.distributor.identity;

import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Who goes on: whatever names a member who was merged into another means the other. */
public final class Survivors {

  private Survivors() {}

  /** The member that the one named goes on as; themselves, unless they were merged. */
  public static Uni<UUID> of(SqlReader from, UUID memberId) {
    return from.select(
            "SELECT merged_into FROM accounts WHERE member_id = ? AND merged_into IS NOT NULL",
            memberId)
        .map(rows -> rows.isEmpty() ? memberId : rows.get(0).uuid(0));
  }
}
