package io.siyu.mall.catalog.product;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** Stores a list of texts in one column. */
@Converter
public class TextsConverter implements AttributeConverter<List<String>, String> {

  @Override
  public String convertToDatabaseColumn(List<String> texts) {
    return texts == null ? null : JsonText.ofTexts(texts);
  }

  @Override
  public List<String> convertToEntityAttribute(String json) {
    return json == null ? null : JsonText.texts(json);
  }
}
