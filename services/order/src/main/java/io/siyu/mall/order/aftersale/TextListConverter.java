package io.siyu.mall.order.aftersale;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** Stores addresses of pictures, one a line. */
@Converter
public class TextListConverter implements AttributeConverter<List<String>, String> {

  @Override
  public String convertToDatabaseColumn(List<String> texts) {
    return texts == null ? "" : String.join("\n", texts);
  }

  @Override
  public List<String> convertToEntityAttribute(String text) {
    return text == null || text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }
}
