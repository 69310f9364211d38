package io.siyu.mall.distributor.merge;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.membership.v1.MemberMerged;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What the membership service tells: one person who had two members has one. */
@ApplicationScoped
public class MergeEvents {

  private final MergeCommands commands;

  MergeEvents(MergeCommands commands) {
    this.commands = commands;
  }

  /** In any order, and any number of times. */
  public Uni<Void> merged(Event event, MemberMerged payload, SqlConnection sql) {
    UUID absorbed = ProtoIds.from("absorbed_member_id", payload.getAbsorbedMemberId());
    UUID survivor = ProtoIds.from("survivor_member_id", payload.getSurvivorMemberId());
    Validation.start()
        .require(!absorbed.equals(survivor), "survivor_member_id", "must be another member")
        .check();
    return commands.merge(SqlTransaction.of(sql), absorbed, survivor);
  }
}
