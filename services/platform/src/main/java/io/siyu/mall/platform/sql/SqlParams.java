package io.siyu.mall.platform.sql;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** What the SQL client wants to be given for the values of the domain, and back. */
public final class SqlParams {

  private SqlParams() {}

  /** Parameters by position, each turned into what its column holds. */
  public static Tuple tuple(Object... params) {
    return Tuple.from(bind(params));
  }

  /** An instant as DATETIME(6) in UTC. Null stays null. */
  public static LocalDateTime utc(Instant instant) {
    return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** The instant in a DATETIME(6) column. Null stays null. */
  public static Instant instant(LocalDateTime utc) {
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }

  static Object[] bind(Object... params) {
    Object[] bound = new Object[params.length];
    for (int i = 0; i < params.length; i++) {
      bound[i] = bind(params[i]);
    }
    return bound;
  }

  private static Object bind(Object value) {
    if (value instanceof UUID id) {
      return Ids.buffer(id);
    }
    if (value instanceof byte[] bytes) {
      return Buffer.buffer(bytes);
    }
    if (value instanceof Instant instant) {
      return utc(instant);
    }
    if (value instanceof Money money) {
      return money.minor();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return value;
  }
}
