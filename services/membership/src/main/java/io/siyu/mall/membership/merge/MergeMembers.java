package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.address.MovedAddresses;
import io.siyu.mall.membership.growth.RecordGrowth;
import io.siyu.mall.membership.member.SealedPhone;
import io.siyu.mall.platform.outbox.Outbox;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** One member goes on as another: the one place where it is done, whoever wanted it. */
@ApplicationScoped
class MergeMembers {

  /** Who closes a question that a merge has answered. */
  private static final String SYSTEM = "SYSTEM";

  private static final String OVERTAKEN =
      "one of the two goes on as another member: bind the phone again to ask anew";

  private final SqlMerges merges;
  private final SqlMergeRequests requests;
  private final MovedAddresses addresses;
  private final RecordGrowth growth;
  private final Outbox outbox;

  MergeMembers(
      SqlMerges merges,
      SqlMergeRequests requests,
      MovedAddresses addresses,
      RecordGrowth growth,
      Outbox outbox) {
    this.merges = merges;
    this.requests = requests;
    this.addresses = addresses;
    this.growth = growth;
    this.outbox = outbox;
  }

  /**
   * Merges two locked members in the caller's transaction.
   *
   * @param phone what made them one, sealed for the survivor, who has it from now on
   */
  Uni<Void> merge(SqlTransaction tx, Merge merge, SealedPhone phone) {
    return merges
        .move(tx, merge)
        .chain(() -> merges.givePhone(tx, merge.survivor(), phone))
        .chain(() -> addresses.move(tx, merge.absorbed(), merge.survivor()))
        .chain(() -> growth.move(tx, merge.absorbed().value(), merge.survivor().value()))
        .chain(() -> overtake(tx, merge))
        .chain(
            () ->
                outbox.add(
                    tx,
                    List.of(
                        OutgoingEvent.of(
                            "member", merge.absorbed().value(), MergeProto.event(merge)))));
  }

  private Uni<Void> overtake(SqlTransaction tx, Merge merge) {
    return requests
        .openOf(tx, merge.absorbed())
        .flatMap(
            open -> {
              Uni<Void> done = Uni.createFrom().voidItem();
              for (MergeRequest request : open) {
                done =
                    done.chain(
                        () -> requests.decided(tx, request.reject(OVERTAKEN, SYSTEM, merge.at())));
              }
              return done;
            });
  }
}
