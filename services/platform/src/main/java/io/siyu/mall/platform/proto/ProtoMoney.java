package io.siyu.mall.platform.proto;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;

/** {@link Money} on the wire. */
public final class ProtoMoney {

  private ProtoMoney() {}

  public static io.siyu.mall.proto.common.v1.Money to(Money money) {
    return io.siyu.mall.proto.common.v1.Money.newBuilder()
        .setCurrencyCode(money.currency().getCurrencyCode())
        .setMinorUnits(money.minor())
        .build();
  }

  /**
   * An amount that came in a request.
   *
   * @param field the request's field, named in the violation
   * @throws DomainException INVALID_ARGUMENT when it is not in yuan
   */
  public static Money from(String field, io.siyu.mall.proto.common.v1.Money money) {
    if (!Money.CNY.getCurrencyCode().equals(money.getCurrencyCode())) {
      throw DomainException.invalid(field, "must be in CNY");
    }
    return Money.fen(money.getMinorUnits());
  }

  /** An amount that another service sent; never set is nothing. */
  public static Money from(io.siyu.mall.proto.common.v1.Money money) {
    return money.getCurrencyCode().isEmpty() && money.getMinorUnits() == 0
        ? Money.ZERO
        : from("currency_code", money);
  }
}
