package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.common.v1.CommissionTerms.RateCase;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.text.Bounds;

/** Rules and their terms on the wire. */
public final class RuleProto {

  private RuleProto() {}

  /** One level's terms. */
  public static io.siyu.mall.proto.common.v1.CommissionTerms terms(CommissionTerms terms) {
    var message = io.siyu.mall.proto.common.v1.CommissionTerms.newBuilder();
    if (terms instanceof CommissionTerms.PerUnit fixed) {
      message.setFixedFenPerUnit(fixed.amount().minor());
    } else if (!terms.isNothing()) {
      message.setBasisPoints(terms.share().value());
    }
    return message.build();
  }

  /**
   * One level's terms; never set is nothing.
   *
   * @throws DomainException INVALID_ARGUMENT on the field
   */
  public static CommissionTerms terms(
      String field, io.siyu.mall.proto.common.v1.CommissionTerms message) {
    if (message.getRateCase() == RateCase.FIXED_FEN_PER_UNIT) {
      long fen = message.getFixedFenPerUnit();
      Validation.start().range(field + ".fixed_fen_per_unit", fen, 0, Bounds.PER_UNIT_FEN).check();
      return new CommissionTerms.PerUnit(Money.fen(message.getFixedFenPerUnit()));
    }
    int points = message.getBasisPoints();
    if (points < 0 || points > BasisPoints.WHOLE) {
      throw DomainException.invalid(field + ".basis_points", "must be 0 to 10000, not " + points);
    }
    return points == 0
        ? CommissionTerms.NOTHING
        : new CommissionTerms.Rate(new BasisPoints(points));
  }

  /** What was written, and which versions never begin because of it. */
  static CommissionRule to(RuleCommands.Written written) {
    return to(written.version()).toBuilder()
        .addAllReplacedVersions(Timeline.numbers(written.replaced()))
        .build();
  }

  /** A version of a rule. */
  public static CommissionRule to(RuleVersion version) {
    var message =
        CommissionRule.newBuilder()
            .setRuleId(ProtoIds.to(version.ruleId()))
            .setVersion(version.version())
            .setScope(
                io.siyu.mall.proto.distributor.v1.RuleScope.newBuilder()
                    .setType(
                        io.siyu.mall.proto.distributor.v1.RuleScope.Type.valueOf(
                            version.scope().type().name()))
                    .setId(version.scope().id()))
            .setBrandCode(version.scope().brandCode())
            .setDirectTerms(terms(version.terms().direct()))
            .setUplineTerms(terms(version.terms().upline()))
            .setEffectiveFrom(ProtoTime.to(version.effectiveFrom()))
            .setChangedBy(version.changedBy())
            .setNote(version.note());
    if (version.effectiveUntil() != null) {
      message.setEffectiveUntil(ProtoTime.to(version.effectiveUntil()));
    }
    return message.build();
  }

  static RuleScope scope(io.siyu.mall.proto.distributor.v1.RuleScope scope, String brandCode) {
    return switch (scope.getType()) {
      case TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw DomainException.invalid("scope.type", "must be given");
      default -> new RuleScope(ScopeType.valueOf(scope.getType().name()), scope.getId(), brandCode);
    };
  }
}
