package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import java.math.RoundingMode;

/** What one level of a rule pays for an order line. */
public sealed interface CommissionTerms {

  /** Pays nothing. */
  CommissionTerms NOTHING = new Rate(BasisPoints.ZERO);

  /** The amount for a line, before any cap; never negative. */
  Money of(Money base, long quantity);

  /** The share of the base that is certain whatever the base is; a fixed amount has none. */
  BasisPoints share();

  /** Whether it never pays anything. */
  boolean isNothing();

  /** A share of what was paid for the line, rounded down. */
  record Rate(BasisPoints share) implements CommissionTerms {
    @Override
    public Money of(Money base, long quantity) {
      return share.of(base, RoundingMode.DOWN);
    }

    @Override
    public boolean isNothing() {
      return share.value() == 0;
    }
  }

  /** An amount for each unit bought. */
  record PerUnit(Money amount) implements CommissionTerms {
    public PerUnit {
      if (amount.isNegative()) {
        throw DomainException.invalid("fixed_fen_per_unit", "must not be negative");
      }
    }

    @Override
    public Money of(Money base, long quantity) {
      return amount.times(quantity);
    }

    @Override
    public BasisPoints share() {
      return BasisPoints.ZERO;
    }

    @Override
    public boolean isNothing() {
      return amount.isZero();
    }
  }
}
