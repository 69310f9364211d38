package io.siyu.mall.catalog.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.siyu.mall.catalog.product.NamedValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON in a cell, read token by token: numbers stay the texts that they are, and what is neither
 * text, number, true nor false where a value belongs is refused.
 */
final class CellJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** It is not what the column holds. */
  static final class BadJson extends Exception {
    private static final long serialVersionUID = 1L;

    BadJson() {
      super(null, null, false, false);
    }
  }

  private final JsonParser parser;

  private CellJson(JsonParser parser) {
    this.parser = parser;
  }

  private interface Reading<T> {
    List<T> read(CellJson json) throws IOException, BadJson;
  }

  /** {@code ["a", "b"]}; nothing of nothing. */
  static List<String> texts(String text) throws BadJson {
    return whole(text, CellJson::texts);
  }

  /** {@code {"颜色": "米白"}}, or {@code [["颜色", "米白"]]} where names may repeat; nothing of nothing. */
  static List<NamedValue> namedValues(String text) throws BadJson {
    return whole(text, CellJson::namedValues);
  }

  private static <T> List<T> whole(String text, Reading<T> reading) throws BadJson {
    if (text.isEmpty()) {
      return List.of();
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      CellJson json = new CellJson(parser);
      List<T> values = reading.read(json);
      json.expect(parser.nextToken() == null);
      return values;
    } catch (IOException e) {
      throw new BadJson();
    }
  }

  private List<String> texts() throws IOException, BadJson {
    expect(parser.nextToken() == JsonToken.START_ARRAY);
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken() == JsonToken.VALUE_STRING);
      texts.add(CellText.trimmed(parser.getText()));
    }
    return texts;
  }

  private List<NamedValue> namedValues() throws IOException, BadJson {
    List<NamedValue> values = new ArrayList<>();
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        values.add(new NamedValue(name, scalar()));
      }
      return values;
    }
    expect(parser.currentToken() == JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken() == JsonToken.START_ARRAY);
      values.add(new NamedValue(scalar(), scalar()));
      expect(parser.nextToken() == JsonToken.END_ARRAY);
    }
    return values;
  }

  private String scalar() throws IOException, BadJson {
    JsonToken token = parser.nextToken();
    expect(token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL);
    return parser.getText();
  }

  private void expect(boolean holds) throws BadJson {
    if (!holds) {
      throw new BadJson();
    }
  }
}
