package io.siyu.mall.gateway.wire;

import io.siyu.mall.text.TextType;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text that the services take under this type. What the type refuses is refused here with a
 * sentence, and the document says what it takes; empty is the business of whoever needs it.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = TextValidator.class)
public @interface Text {

  /** The type of the field that it becomes. */
  TextType value();

  /** Unused: the text's own problem is told. */
  String message() default "";

  /** Part of every constraint. */
  Class<?>[] groups() default {};

  /** Part of every constraint. */
  Class<? extends Payload>[] payload() default {};
}
