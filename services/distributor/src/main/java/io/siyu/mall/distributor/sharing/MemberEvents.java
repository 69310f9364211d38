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

  MemberEvents(SharingCommands commands) {
    this.commands = commands;
  }

  /** Gives the visitor's touches to the member and lets the binding policy see them. */
  public Uni<Void> signedIn(Event event, MemberSignedIn payload, SqlConnection sql) {
    UUID member = ProtoIds.from("member_id", payload.getMemberId());
    UUID touch = ProtoIds.fromOptional("touch_id", payload.getTouchId());
    String anonymous = payload.getAnonymousId().isEmpty() ? null : payload.getAnonymousId();
    return commands.signedIn(
        SqlTransaction.of(sql), member, touch, anonymous, payload.getRegistered());
  }
}
