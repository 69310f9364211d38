package io.siyu.mall.text;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Puts every text of a request into its normal form, by the {@link FieldTexts} of its fields. */
public final class RequestTexts {

  private static final String OURS = "mall.";
  private static final Map<Descriptor, List<FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

  private final List<Problem> problems = new ArrayList<>();

  private RequestTexts() {}

  /**
   * What is wrong with one text.
   *
   * @param field its path, for example {@code skus[0].sku_no}
   */
  public record Problem(String field, String problem) {}

  /**
   * A request as it was read.
   *
   * @param request with its texts in their normal forms; the same object when they were so
   */
  public record Read<M extends Message>(M request, List<Problem> problems) {}

  /** Reads a request; nothing that comes between services only is touched. */
  public static <M extends Message> Read<M> of(M request) {
    if (!FieldTexts.isFromOutside(request.getDescriptorForType())) {
      return new Read<>(request, List.of());
    }
    RequestTexts texts = new RequestTexts();
    M read = texts.read(request, "");
    return new Read<>(read, List.copyOf(texts.problems));
  }

  @SuppressWarnings("unchecked") // a builder of the same message
  private <M extends Message> M read(M message, String path) {
    Message.Builder changed = null;
    for (FieldDescriptor field : fields(message.getDescriptorForType())) {
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Object old = message.getRepeatedField(field, i);
          Object normal = value(field, old, path + field.getName() + "[" + i + "]");
          if (normal != old) {
            changed = changed == null ? message.toBuilder() : changed;
            changed.setRepeatedField(field, i, normal);
          }
        }
      } else if (!field.hasPresence() || message.hasField(field)) {
        Object old = message.getField(field);
        Object normal = value(field, old, path + field.getName());
        if (normal != old) {
          changed = changed == null ? message.toBuilder() : changed;
          changed.setField(field, normal);
        }
      }
    }
    return changed == null ? message : (M) changed.build();
  }

  private Object value(FieldDescriptor field, Object old, String path) {
    if (field.getJavaType() == JavaType.MESSAGE) {
      return read((Message) old, path + ".");
    }
    String raw = (String) old;
    if (raw.isEmpty()) {
      return old;
    }
    Reading reading = FieldTexts.of(field).optional(raw);
    if (!reading.ok()) {
      problems.add(new Problem(path, reading.problem()));
    }
    return reading.value().equals(raw) ? old : reading.value();
  }

  /** Those that hold texts, or messages of ours that may. */
  private static List<FieldDescriptor> fields(Descriptor message) {
    return FIELDS.computeIfAbsent(
        message,
        any ->
            message.getFields().stream()
                .filter(field -> !field.isMapField())
                .filter(
                    field ->
                        field.getJavaType() == JavaType.MESSAGE
                            ? field.getMessageType().getFullName().startsWith(OURS)
                            : FieldTexts.of(field) != null && !field.getName().equals("request_id"))
                .toList());
  }
}
