package io.siyu.mall.platform.money;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores {@link Money} as fen in a BIGINT. Only yuan can be stored. */
@Converter(autoApply = true)
public class FenConverter implements AttributeConverter<Money, Long> {

  @Override
  public Long convertToDatabaseColumn(Money money) {
    if (money == null) {
      return null;
    }
    if (!Money.CNY.equals(money.currency())) {
      throw new IllegalArgumentException("only CNY is stored, not " + money.currency());
    }
    return money.minor();
  }

  @Override
  public Money convertToEntityAttribute(Long fen) {
    return fen == null ? null : Money.fen(fen);
  }
}
