package io.siyu.mall.order.order;

import io.siyu.mall.platform.money.Money;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** Stores a line's reductions as text, one a line: rule, fen and title, parted by tabs. */
@Converter
public class ReductionsConverter implements AttributeConverter<List<Reduction>, String> {

  @Override
  public String convertToDatabaseColumn(List<Reduction> reductions) {
    StringBuilder text = new StringBuilder();
    for (Reduction reduction : reductions == null ? List.<Reduction>of() : reductions) {
      text.append(plain(reduction.rule()))
          .append('\t')
          .append(reduction.amount().minor())
          .append('\t')
          .append(plain(reduction.title()))
          .append('\n');
    }
    return text.toString();
  }

  @Override
  public List<Reduction> convertToEntityAttribute(String text) {
    return text == null ? List.of() : text.lines().map(ReductionsConverter::reduction).toList();
  }

  private static Reduction reduction(String line) {
    String[] parts = line.split("\t", 3);
    return new Reduction(parts[0], parts[2], Money.fen(Long.parseLong(parts[1])));
  }

  private static String plain(String text) {
    return text.replaceAll("[\\t\\r\\n]", " ");
  }
}
