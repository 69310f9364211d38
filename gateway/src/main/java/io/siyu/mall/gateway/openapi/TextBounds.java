package io.siyu.mall.gateway.openapi;

import io.siyu.mall.text.TextType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Publishes what the services take: the bounds of every text, from where they live. */
final class TextBounds {

  private static final DotName TEXT = DotName.createSimple("io.siyu.mall.gateway.wire.Text");
  private static final DotName NOT_BLANK =
      DotName.createSimple("jakarta.validation.constraints.NotBlank");
  private static final DotName QUERY = DotName.createSimple("jakarta.ws.rs.QueryParam");
  private static final DotName HEADER = DotName.createSimple("jakarta.ws.rs.HeaderParam");

  private TextBounds() {}

  /** The texts among the parameters of a method, by the parameters' names. */
  static Map<String, TextType> ofParameters(IndexView index, MethodInfo method) {
    Map<String, TextType> texts = new HashMap<>();
    method
        .parameters()
        .forEach(
            parameter -> {
              AnnotationInstance text = parameter.annotation(TEXT);
              if (text != null) {
                AnnotationInstance name =
                    parameter.hasAnnotation(QUERY)
                        ? parameter.annotation(QUERY)
                        : parameter.annotation(HEADER);
                texts.put(name == null ? parameter.name() : name.value().asString(), type(text));
              }
              ClassInfo bean = index.getClassByName(parameter.type().name());
              if (bean != null) {
                bean.fields().stream()
                    .filter(f -> f.hasAnnotation(QUERY) && f.hasAnnotation(TEXT))
                    .forEach(
                        f ->
                            texts.put(
                                f.annotation(QUERY).value().asString(), type(f.annotation(TEXT))));
              }
            });
    return texts;
  }

  /** Into the schema of a body. */
  static void publish(ClassInfo body, Schema schema) {
    for (FieldInfo field : body.fields()) {
      List<AnnotationInstance> texts = field.annotations(TEXT);
      Schema property =
          schema.getProperties() == null ? null : schema.getProperties().get(field.name());
      if (!texts.isEmpty() && property != null) {
        Schema text = property.getItems() == null ? property : property.getItems();
        publish(type(texts.get(0)), text, field.hasAnnotation(NOT_BLANK));
      }
    }
  }

  /** Into the schema of a parameter. */
  static void publish(TextType type, Parameter parameter) {
    if (parameter.getSchema() == null) {
      parameter.setSchema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
    }
    Schema items = parameter.getSchema().getItems();
    publish(
        type,
        items == null ? parameter.getSchema() : items,
        items != null || Boolean.TRUE.equals(parameter.getRequired()));
  }

  private static void publish(TextType type, Schema schema, boolean needed) {
    schema.setMaxLength(type.max());
    if (needed || type.min() > 1) {
      schema.setMinLength(type.min());
    }
    String pattern = pattern(type);
    if (pattern != null) {
      schema.setPattern(needed ? pattern : "^$|" + pattern);
    }
    schema.setFormat(
        type.form() == TextType.Form.URL ? "uri" : type.form().name().toLowerCase(Locale.ROOT));
  }

  private static String pattern(TextType type) {
    if (type.pattern() != null) {
      return "^" + type.pattern() + "$";
    }
    return switch (type.form()) {
      case TOKEN -> "^[!-~]+$";
      case URL -> "^https://";
      case PHONE -> "^(\\+?86)?1[3-9][0-9]{9}$";
      case LINE, BLOCK, CODE, HTML -> null;
    };
  }

  private static TextType type(AnnotationInstance text) {
    return TextType.valueOf(text.value().asEnum());
  }
}
