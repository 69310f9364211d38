package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.SealedPhone;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** What staff decide about two members, in the caller's transaction. */
@ApplicationScoped
public class MergeCommands {

  private final SqlMerges merges;
  private final SqlMergeRequests requests;
  private final MergeMembers merge;
  private final PersonalCipher cipher;
  private final Clock clock;

  MergeCommands(
      SqlMerges merges,
      SqlMergeRequests requests,
      MergeMembers merge,
      PersonalCipher cipher,
      Clock clock) {
    this.merges = merges;
    this.requests = requests;
    this.merge = merge;
    this.cipher = cipher;
    this.clock = clock;
  }

  /**
   * They are one person: one of them goes on as the other.
   *
   * @param by the subject of the staff's token
   * @return fails with MERGE_REQUEST_NOT_FOUND, MERGE_REQUEST_STALE, or when it is decided already
   */
  public Uni<MergeRequest> confirm(
      SqlTransaction tx, UUID id, MemberId survivor, String reason, String by, String requestId) {
    // Members before requests, as whoever binds a phone does.
    return requests
        .get(id)
        .map(asked -> asked.confirm(survivor, reason, by, clock.instant()))
        .call(asked -> requireHolder(tx, asked))
        .chain(() -> requests.lock(tx, id))
        .map(locked -> locked.confirm(survivor, reason, by, clock.instant()))
        .call(confirmed -> requests.decided(tx, confirmed))
        .call(confirmed -> merge(tx, confirmed, requestId));
  }

  /**
   * They are not; nothing changes.
   *
   * @return fails with MERGE_REQUEST_NOT_FOUND, or when it is decided already
   */
  public Uni<MergeRequest> reject(SqlTransaction tx, UUID id, String reason, String by) {
    return requests
        .lock(tx, id)
        .map(request -> request.reject(reason, by, clock.instant()))
        .call(request -> requests.decided(tx, request));
  }

  private Uni<Void> requireHolder(SqlTransaction tx, MergeRequest request) {
    return merges
        .lock(tx, request.requester(), request.holder())
        .invoke(
            both -> {
              if (both.values().stream().noneMatch(m -> m.has(request.phone().hash()))) {
                throw DomainException.precondition(
                    MergeRequest.STALE, "neither of the two has the phone any more");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> merge(SqlTransaction tx, MergeRequest confirmed, String requestId) {
    String phone =
        cipher.decrypt(SqlMergeRequests.phone(confirmed.id()), confirmed.phone().sealed());
    MemberId survivor = confirmed.survivor();
    return merge.merge(
        tx,
        new Merge(
            confirmed.absorbed(),
            survivor,
            Merge.Why.STAFF,
            confirmed.decidedBy(),
            requestId,
            confirmed.decidedAt()),
        new SealedPhone(
            cipher.encrypt(SealedPhone.cell(survivor), phone), confirmed.phone().hash()));
  }
}
