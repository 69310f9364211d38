package io.siyu.mall.gateway.wire;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The small differences between proto3 and JSON: absence, instants, names of enum values. */
public final class Wire {

  private Wire() {}

  /** Null for the empty string, which is how proto3 says that there is none. */
  public static String text(String value) {
    return value.isEmpty() ? null : value;
  }

  /** The empty string for null. */
  public static String orEmpty(Object value) {
    return value == null ? "" : value.toString();
  }

  /** An empty list for null. */
  public static <T> List<T> orNone(List<T> values) {
    return values == null ? List.of() : values;
  }

  /** 0 for null. */
  public static int number(Integer value) {
    return value == null ? 0 : value;
  }

  /** The instant, which is there. */
  public static Instant instant(Timestamp value) {
    return Instant.ofEpochSecond(value.getSeconds(), value.getNanos());
  }

  /** The instant, or null when the message has none. */
  public static Instant instant(boolean present, Timestamp value) {
    return present ? instant(value) : null;
  }

  /** The instant as it travels. */
  public static Timestamp timestamp(Instant value) {
    return Timestamp.newBuilder()
        .setSeconds(value.getEpochSecond())
        .setNanos(value.getNano())
        .build();
  }

  /** An unmodifiable list of the mapped elements. */
  public static <A, B> List<B> list(List<A> values, Function<A, B> map) {
    return values.stream().map(map).toList();
  }

  /**
   * The value of {@code type} with the name of the wire's value.
   *
   * @param prefix what the wire puts before some of the names because proto enums of one package
   *     share a name space; empty if nothing
   * @return null for unspecified and for values that a newer service knows
   */
  public static <E extends Enum<E>> E read(Class<E> type, Enum<?> wire, String prefix) {
    String name = wire.name();
    String plain = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(plain)) {
        return value;
      }
    }
    return null;
  }

  /** As {@link #read(Class, Enum, String)}, without a prefix. */
  public static <E extends Enum<E>> E read(Class<E> type, Enum<?> wire) {
    return read(type, wire, "");
  }

  /**
   * The wire's value for {@code value}; the unspecified one (number 0) for null.
   *
   * @param prefix as in {@link #read(Class, Enum, String)}
   */
  public static <P extends Enum<P>> P write(Class<P> type, Enum<?> value, String prefix) {
    P[] all = type.getEnumConstants();
    if (value == null) {
      return all[0];
    }
    P plain = null;
    for (P candidate : all) {
      if (candidate.name().equals(prefix + value.name())) {
        return candidate;
      }
      if (candidate.name().equals(value.name())) {
        plain = candidate;
      }
    }
    if (plain == null) {
      throw new IllegalStateException(type.getSimpleName() + " has no value for " + value);
    }
    return plain;
  }

  /** As {@link #write(Class, Enum, String)}, without a prefix. */
  public static <P extends Enum<P>> P write(Class<P> type, Enum<?> value) {
    return write(type, value, "");
  }
}
