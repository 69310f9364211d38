package io.siyu.mall.catalog.product;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** Stores attributes or specs in one column. */
@Converter
public class NamedValuesConverter implements AttributeConverter<List<NamedValue>, String> {

  @Override
  public String convertToDatabaseColumn(List<NamedValue> values) {
    return values == null ? null : JsonText.ofValues(values);
  }

  @Override
  public List<NamedValue> convertToEntityAttribute(String json) {
    return json == null ? null : JsonText.values(json);
  }
}
