package io.siyu.mall.distributor.binding;

import io.siyu.mall.distributor.binding.BindingPolicy.Verdict;
import io.siyu.mall.distributor.policy.AttributionPolicy;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Opens and ends bindings inside the caller's transaction. */
@ApplicationScoped
public class BindingCommands {

  private final Bindings bindings;
  private final Clock clock;

  BindingCommands(Bindings bindings, Clock clock) {
    this.bindings = bindings;
    this.clock = clock;
  }

  /**
   * A share that the member opened.
   *
   * @param registered whether the member registered with it
   */
  public record Opening(
      UUID memberId, UUID distributorId, UUID touchId, Instant openedAt, boolean registered) {}

  /**
   * Applies the policy to an opened share. Whoever may not be bound (to themselves, in a loop, to a
   * distributor who is not active) simply stays as they are: opening a share is no request.
   */
  public Uni<Void> touched(SqlTransaction tx, AttributionPolicy policy, Opening opening) {
    return bindings
        .lock(tx, opening.memberId(), opening.distributorId())
        .chain(
            state -> {
              boolean possible =
                  state.candidateMember() != null
                      && !state.candidateMember().equals(state.member())
                      && !state.loop();
              Verdict verdict =
                  possible
                      ? BindingPolicy.decide(
                          policy, state.situation(), state.candidate(), opening.openedAt())
                      : Verdict.KEEP;
              return verdict == Verdict.KEEP
                  ? Uni.createFrom().voidItem()
                  : replace(tx, state, byTouch(policy, state, opening), "被新的分享替换");
            });
  }

  /**
   * Staff bind a member, whatever the mode.
   *
   * @throws DomainException DISTRIBUTOR_NOT_FOUND, SELF_BINDING, BINDING_LOOP
   */
  public Uni<Binding> bind(
      SqlTransaction tx,
      AttributionPolicy policy,
      UUID memberId,
      UUID distributorId,
      String reason,
      String by) {
    return bindings
        .lock(tx, memberId, distributorId)
        .chain(
            state -> {
              refuse(state);
              Binding binding =
                  new Binding(
                      Ids.next(),
                      state.member(),
                      state.candidate(),
                      policy.mode(),
                      BindingOrigin.STAFF,
                      null,
                      policy.version(),
                      reason,
                      by,
                      clock.instant(),
                      null,
                      "");
              return replace(tx, state, binding, reason).replaceWith(binding);
            });
  }

  /**
   * Staff end the open binding.
   *
   * @return the id of the ended one
   * @throws DomainException NOT_BOUND
   */
  public Uni<UUID> unbind(SqlTransaction tx, UUID memberId, String reason) {
    return bindings
        .lock(tx, memberId, null)
        .chain(
            state -> {
              if (state.openBinding() == null) {
                throw DomainException.precondition("NOT_BOUND", "the member belongs to nobody");
              }
              return bindings
                  .end(tx, state.openBinding(), clock.instant(), reason)
                  .replaceWith(state.openBinding());
            });
  }

  private Uni<Void> replace(
      SqlTransaction tx, Bindings.State state, Binding binding, String endReason) {
    Uni<Void> ended =
        state.openBinding() == null
            ? Uni.createFrom().voidItem()
            : bindings.end(tx, state.openBinding(), binding.startedAt(), endReason);
    return ended.chain(() -> bindings.open(tx, binding, state.hasPaidOrder()));
  }

  /** It begins when the share was opened, which for a visitor who signs in later was before. */
  private static Binding byTouch(AttributionPolicy policy, Bindings.State state, Opening opening) {
    Instant since = state.situation().boundSince();
    Instant start = since != null && since.isAfter(opening.openedAt()) ? since : opening.openedAt();
    return new Binding(
        Ids.next(),
        state.member(),
        state.candidate(),
        policy.mode(),
        opening.registered() ? BindingOrigin.REGISTRATION : BindingOrigin.TOUCH,
        opening.touchId(),
        policy.version(),
        opening.registered() ? "通过分享注册" : "打开分享",
        "MEMBER:" + state.member(),
        start,
        null,
        "");
  }

  private static void refuse(Bindings.State state) {
    if (state.candidateMember() == null) {
      throw DomainException.notFound(
          "DISTRIBUTOR_NOT_FOUND", "there is no such active distributor");
    }
    if (state.candidateMember().equals(state.member())) {
      throw DomainException.precondition("SELF_BINDING", "nobody can be bound to themselves");
    }
    if (state.loop()) {
      throw DomainException.precondition("BINDING_LOOP", "they would belong to each other");
    }
  }
}
