package io.siyu.mall.platform.proto;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Instants on the wire. */
public final class ProtoTime {

  private ProtoTime() {}

  /** Null becomes the epoch's default message; set optional fields only when there is a value. */
  public static Timestamp to(Instant instant) {
    return instant == null
        ? Timestamp.getDefaultInstance()
        : Timestamp.newBuilder()
            .setSeconds(instant.getEpochSecond())
            .setNanos(instant.getNano())
            .build();
  }

  /** The default message (a field that was not set) becomes null. */
  public static Instant from(Timestamp timestamp) {
    return timestamp.equals(Timestamp.getDefaultInstance())
        ? null
        : Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
