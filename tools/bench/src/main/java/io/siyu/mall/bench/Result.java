package io.siyu.mall.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The two sides of a benchmark, as a table and as one line of JSON. */
final class Result {

  private static final double HUNDRED = 100;

  private final Map<String, Object> values = new LinkedHashMap<>();

  Result(String name, Measured platform, Measured floor) {
    put("name", name);
    put("rate", platform.rate());
    put("floor", floor.rate());
    put("ratio", floor.rate() == 0 ? 0 : platform.rate() / floor.rate());
    put("p50Ms", platform.millisAt(50));
    put("p99Ms", platform.millisAt(99));
    put("floorP50Ms", floor.millisAt(50));
    put("floorP99Ms", floor.millisAt(99));
    put("errors", platform.errors() + floor.errors());
    put("seconds", platform.seconds() + floor.seconds());
    if (platform.errors() + floor.errors() > 0) {
      put("firstError", platform.firstError() + floor.firstError());
    }
  }

  /** More that is worth knowing; fractions are cut to two digits. */
  Result put(String key, Object value) {
    boolean fraction = value instanceof Double;
    values.put(key, fraction ? Math.round((Double) value * HUNDRED) / HUNDRED : value);
    return this;
  }

  /** Prints the table, and the JSON line if it is wanted. */
  void print(boolean json) throws JsonProcessingException {
    values.forEach(
        (key, value) -> System.out.println(String.format(Locale.ROOT, "%-24s %s", key, value)));
    if (json) {
      System.out.println(Api.JSON.writeValueAsString(values));
    }
  }
}
