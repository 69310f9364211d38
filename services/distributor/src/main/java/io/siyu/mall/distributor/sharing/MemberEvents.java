package io.siyu.mall.distributor.sharing;

import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.membership.v1.MemberSignedIn;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What the membership service tells: a visitor became a known member. */
@ApplicationScoped
public class MemberEvents {

  private final SharingCommands commands;
  private final Visitors visitors;

  MemberEvents(SharingCommands commands, Visitors visitors) {
    this.commands = commands;
    this.visitors = visitors;
  }

  /**
   * Gives the visitor's touches to the member and lets the binding policy see them. A visitor's
   * token that is not ours, or too old, gives nothing and fails nothing.
   */
  public Uni<Void> signedIn(Event event, MemberSignedIn payload, SqlConnection sql) {
    UUID member = ProtoIds.from("member_id", payload.getMemberId());
    UUID touch = ProtoIds.fromOptional("touch_id", payload.getTouchId());
    String visitor = visitors.read(payload.getAnonymousId()).orElse(null);
    return commands.signedIn(
        SqlTransaction.of(sql), member, touch, visitor, payload.getRegistered());
  }
}
