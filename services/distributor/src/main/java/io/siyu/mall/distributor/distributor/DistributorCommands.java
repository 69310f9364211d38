package io.siyu.mall.distributor.distributor;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Everything that changes who sells. Each method is one transaction and returns what it changed.
 */
@ApplicationScoped
public class DistributorCommands {

  public static final String NOT_FOUND = "DISTRIBUTOR_NOT_FOUND";

  private final Distributors distributors;
  private final Invites invites;
  private final DistributorQueries queries;
  private final Clock clock;

  DistributorCommands(
      Distributors distributors, Invites invites, DistributorQueries queries, Clock clock) {
    this.distributors = distributors;
    this.invites = invites;
    this.queries = queries;
    this.clock = clock;
  }

  /** A distributor as the open transaction has left it. */
  public Uni<DistributorView> shown(UUID id) {
    return distributors.transaction().chain(tx -> queries.get(tx, id));
  }

  /** Makes a code; see {@link Invite#create}. */
  @WithTransaction
  public Uni<Invite> invite(Inviter inviter, int uses, int validDays, String note, String by) {
    Invite invite = Invite.create(inviter, uses, validDays, note, by, clock.instant());
    return invites.add(invite).replaceWith(invite);
  }

  /**
   * A member applies with a code.
   *
   * @param id of the distributor that it may become; the person is sealed for it
   * @throws DomainException INVITE_UNKNOWN, ALREADY_DISTRIBUTOR and what {@link Distributor#apply}
   *     refuses
   */
  @WithTransaction
  public Uni<UUID> apply(
      UUID id, UUID memberId, InviteCode code, String displayName, Person person, String note) {
    Instant now = clock.instant();
    return invites
        .lock(code)
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound("INVITE_UNKNOWN", "there is no such invite code"))
        .call(() -> refuseSecond(memberId))
        .chain(
            invite ->
                inviterMember(invite)
                    .map(
                        inviter ->
                            Distributor.apply(
                                id,
                                memberId,
                                invite,
                                inviter.member,
                                displayName,
                                person,
                                note,
                                now)))
        .call(distributors::add)
        .map(Distributor::id);
  }

  /** Staff approve; the inviting distributor becomes the upline for good. */
  @WithTransaction
  public Uni<UUID> approve(UUID id, String by) {
    return load(id)
        .chain(
            applicant ->
                optional(applicant.inviter().distributorId())
                    .chain(inviter -> notBelow(applicant, inviter))
                    .invoke(inviter -> applicant.approve(inviter.found, by, clock.instant()))
                    .chain(() -> distributors.save(applicant)))
        .replaceWith(id);
  }

  @WithTransaction
  public Uni<UUID> reject(UUID id, String reason, String by) {
    return change(id, (found, now) -> found.reject(reason, by, now));
  }

  @WithTransaction
  public Uni<UUID> suspend(UUID id, String reason, String by) {
    return change(id, (found, now) -> found.suspend(reason, by, now));
  }

  @WithTransaction
  public Uni<UUID> resume(UUID id, String reason, String by) {
    return change(id, (found, now) -> found.resume(reason, by, now));
  }

  @WithTransaction
  public Uni<UUID> close(UUID id, String reason, String by) {
    return change(id, (found, now) -> found.close(reason, by, now));
  }

  /**
   * Staff give another upline.
   *
   * @param uplineId null: none
   */
  @WithTransaction
  public Uni<UUID> reassignUpline(UUID id, UUID uplineId, String reason, String by) {
    return load(id)
        .chain(
            found ->
                (uplineId == null || uplineId.equals(id)
                        ? Uni.createFrom().item(Set.<UUID>of())
                        : distributors.above(uplineId))
                    .chain(
                        above ->
                            (uplineId == null
                                    ? Uni.createFrom().<Distributor>nullItem()
                                    : load(uplineId))
                                .invoke(
                                    upline ->
                                        found.reassignUpline(
                                            upline, above, reason, by, clock.instant()))
                                .chain(() -> distributors.save(found))))
        .replaceWith(id);
  }

  private Uni<UUID> change(UUID id, BiConsumer<Distributor, Instant> verb) {
    return load(id)
        .invoke(found -> verb.accept(found, clock.instant()))
        .call(distributors::save)
        .replaceWith(id);
  }

  private Uni<Distributor> load(UUID id) {
    return distributors
        .lock(id)
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(NOT_FOUND, "there is no such distributor"));
  }

  private Uni<Void> refuseSecond(UUID memberId) {
    return distributors
        .living(memberId)
        .invoke(
            living -> {
              if (living != null) {
                throw new DomainException(
                        Kind.ALREADY_EXISTS,
                        "ALREADY_DISTRIBUTOR",
                        "the member has applied already or is a distributor")
                    .with("distributor_id", living.id())
                    .with("state", living.state());
              }
            })
        .replaceWithVoid();
  }

  private Uni<InviterMember> inviterMember(Invite invite) {
    return optional(invite.inviter().distributorId())
        .map(
            inviter -> {
              if (inviter.found != null && inviter.found.state() != DistributorState.ACTIVE) {
                throw DomainException.precondition(
                    "INVITER_NOT_ACTIVE", "the inviting distributor is not active");
              }
              return new InviterMember(inviter.found == null ? null : inviter.found.memberId());
            });
  }

  private Uni<Optionally> optional(UUID id) {
    return id == null
        ? Uni.createFrom().item(new Optionally(null))
        : distributors.lockNow(id).map(Optionally::new);
  }

  /** Whoever sold before can stand above those who invite them now: then they get no upline. */
  private Uni<Optionally> notBelow(Distributor applicant, Optionally inviter) {
    return inviter.found == null
        ? Uni.createFrom().item(inviter)
        : distributors
            .above(inviter.found.id())
            .map(above -> above.contains(applicant.memberId()) ? new Optionally(null) : inviter);
  }

  private record Optionally(Distributor found) {}

  private record InviterMember(UUID member) {}
}
