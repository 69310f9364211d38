package io.siyu.mall.gateway.wire;

import io.siyu.mall.text.Reading;
import io.siyu.mall.text.TextType;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

/** Asks the type. */
public class TextValidator implements ConstraintValidator<Text, String> {

  private TextType type;

  @Override
  public void initialize(Text text) {
    type = text.value();
  }

  @Override
  public boolean isValid(String value, ConstraintValidatorContext context) {
    String sentence = value == null ? null : sentence(value);
    if (sentence == null) {
      return true;
    }
    context.disableDefaultConstraintViolation();
    context.buildConstraintViolationWithTemplate(escaped(sentence)).addConstraintViolation();
    return false;
  }

  private String sentence(String value) {
    Reading reading = type.optional(value);
    // Not blank for anybody who asks, and yet there is nothing.
    boolean unseen = reading.ok() && reading.value().isEmpty() && !value.isBlank();
    return unseen ? "只含看不见的字符" : reading.sentence();
  }

  /** What a caller wrote is no expression. */
  private static String escaped(String sentence) {
    return sentence.replaceAll("([\\\\{}$])", "\\\\$1");
  }
}
