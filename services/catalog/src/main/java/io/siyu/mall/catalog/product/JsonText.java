package io.siyu.mall.catalog.product;

import io.vertx.core.json.JsonArray;
import java.util.List;

/** Lists as they are kept in a text column. */
public final class JsonText {

  private JsonText() {}

  /** {@code ["a", "b"]}. */
  public static String ofTexts(List<String> texts) {
    return new JsonArray(texts).encode();
  }

  /** The texts in a column. */
  public static List<String> texts(String json) {
    return new JsonArray(json).stream().map(String::valueOf).toList();
  }

  /** {@code [["颜色", "米白"], ["尺码", "90"]]}. */
  public static String ofValues(List<NamedValue> values) {
    JsonArray array = new JsonArray();
    values.forEach(v -> array.add(new JsonArray().add(v.name()).add(v.value())));
    return array.encode();
  }

  /** The named values in a column. */
  public static List<NamedValue> values(String json) {
    return new JsonArray(json)
        .stream()
            .map(JsonArray.class::cast)
            .map(pair -> new NamedValue(pair.getString(0), pair.getString(1)))
            .toList();
  }
}
