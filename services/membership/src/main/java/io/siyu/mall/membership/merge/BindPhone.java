package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.MemberQueries;
import io.siyu.mall.membership.member.SealedPhone;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * A member proves to have a phone. When it is another member's, the two are taken for one person:
 * merged at once where one of them has nothing to lose, or shown to staff.
 */
@ApplicationScoped
public class BindPhone {

  /** The reason when the phone changed hands at this very moment; {@link #isContended}. */
  static final String CONTENDED = "PHONE_CONTENDED";

  private final SqlReader reader;
  private final SqlMerges merges;
  private final SqlMergeRequests requests;
  private final MergeMembers merge;
  private final History history;
  private final MemberQueries members;
  private final PersonalCipher cipher;
  private final Clock clock;

  @Inject
  BindPhone(
      Pool pool,
      SqlMerges merges,
      SqlMergeRequests requests,
      MergeMembers merge,
      History history,
      MemberQueries members,
      PersonalCipher cipher,
      Clock clock) {
    this.reader = SqlReader.of(pool);
    this.merges = merges;
    this.requests = requests;
    this.merge = merge;
    this.history = history;
    this.members = members;
    this.cipher = cipher;
    this.clock = clock;
  }

  /**
   * What is known before the transaction.
   *
   * @param phone a mainland mobile number
   * @param holder the other member whose phone it is; null: nobody's, or the binder's own
   */
  public record Known(
      String phone, MemberId holder, boolean binderElsewhere, boolean holderElsewhere) {

    /** Never the phone. */
    @Override
    public String toString() {
      return "Known";
    }
  }

  /**
   * Finds out whose the phone is, and only if it is another member's, who of the two has history
   * elsewhere.
   *
   * @return fails with UNAVAILABLE when another service does not answer
   */
  public Uni<Known> ask(MemberId binder, String phone) {
    return merges
        .holder(reader, cipher.hash(phone))
        .flatMap(
            holder ->
                holder
                    .filter(other -> !other.equals(binder))
                    .map(
                        other ->
                            elsewhere(binder)
                                .flatMap(
                                    binders ->
                                        binders
                                            ? elsewhere(other)
                                                .map(o -> new Known(phone, other, true, o))
                                            // The holder's makes no difference, then.
                                            : Uni.createFrom()
                                                .item(new Known(phone, other, false, false))))
                    .orElseGet(() -> Uni.createFrom().item(new Known(phone, null, false, false))));
  }

  /**
   * Binds, merges or asks staff, in the caller's transaction.
   *
   * @param by the key of the caller
   * @return fails with UNAUTHENTICATED {@link io.siyu.mall.membership.member.Member#MERGED} for a
   *     binder who goes on as another; {@link #isContended} when what was known does not hold any
   *     more
   */
  public Uni<Bound> bind(SqlTransaction tx, MemberId binder, Known known, String by, String id) {
    String hash = cipher.hash(known.phone());
    if (known.holder() == null) {
      return merges
          .lock(tx, binder)
          .call(() -> merges.givePhone(tx, binder, seal(binder, known.phone())))
          .chain(() -> bound(tx, Bound.Outcome.BOUND, binder, null));
    }
    MemberId holder = known.holder();
    return merges
        .lock(tx, binder, holder)
        .invoke(
            both -> {
              if (!both.get(holder).has(hash)) {
                throw contended();
              }
            })
        .flatMap(
            both ->
                rule(tx, binder, both.get(binder).phoneHash() != null, known)
                    .flatMap(
                        rule ->
                            switch (rule) {
                              case BINDER_IS_ABSORBED -> merged(tx, binder, holder, known, by, id);
                              case HOLDER_IS_ABSORBED -> merged(tx, holder, binder, known, by, id);
                              case STAFF_DECIDE -> asked(tx, binder, holder, known);
                            }));
  }

  /** Whether the same request, asked again from the beginning, can go another way. */
  public static boolean isContended(Throwable failure) {
    return DatabaseErrors.isDuplicateKey(failure) || RemoteErrors.hasReason(failure, CONTENDED);
  }

  /** The refusal of somebody whose phone changes hands all the time. */
  public static DomainException contended() {
    return new DomainException(
        Kind.ABORTED, CONTENDED, "somebody else bound the phone at the same moment; try again");
  }

  private Uni<Boolean> elsewhere(MemberId member) {
    return merges
        .hasGrowthOrAddress(reader, member)
        .flatMap(has -> has ? Uni.createFrom().item(true) : history.elsewhere(member));
  }

  /** Asked again inside of the locks: what this service holds itself may have come meanwhile. */
  private Uni<MergeRule> rule(SqlTransaction tx, MemberId binder, boolean hasPhone, Known known) {
    Uni<Boolean> binders =
        hasPhone || known.binderElsewhere()
            ? Uni.createFrom().item(true)
            : merges.hasGrowthOrAddress(tx, binder);
    Uni<Boolean> holders =
        known.holderElsewhere()
            ? Uni.createFrom().item(true)
            : merges.hasGrowthOrAddress(tx, known.holder());
    return binders.flatMap(b -> holders.map(h -> MergeRule.of(b, h)));
  }

  private Uni<Bound> merged(
      SqlTransaction tx, MemberId absorbed, MemberId survivor, Known known, String by, String id) {
    Merge done = new Merge(absorbed, survivor, Merge.Why.AUTOMATIC, by, id, clock.instant());
    return merge
        .merge(tx, done, seal(survivor, known.phone()))
        .chain(() -> bound(tx, Bound.Outcome.MERGED, survivor, null));
  }

  private Uni<Bound> asked(SqlTransaction tx, MemberId binder, MemberId holder, Known known) {
    Instant now = clock.instant();
    return requests
        .open(tx, binder, holder)
        .flatMap(
            open ->
                open.map(found -> Uni.createFrom().item(found))
                    .orElseGet(
                        () -> {
                          UUID id = Ids.next();
                          MergeRequest request =
                              MergeRequest.ask(
                                  id,
                                  binder,
                                  holder,
                                  new SealedPhone(
                                      cipher.encrypt(SqlMergeRequests.phone(id), known.phone()),
                                      cipher.hash(known.phone())),
                                  now);
                          return requests.add(tx, request).replaceWith(request);
                        }))
        .flatMap(request -> bound(tx, Bound.Outcome.MERGE_REQUESTED, binder, request));
  }

  private Uni<Bound> bound(
      SqlTransaction tx, Bound.Outcome outcome, MemberId member, MergeRequest request) {
    return members.get(tx, member).map(view -> new Bound(outcome, view, request));
  }

  private SealedPhone seal(MemberId member, String phone) {
    return new SealedPhone(cipher.encrypt(SealedPhone.cell(member), phone), cipher.hash(phone));
  }
}
