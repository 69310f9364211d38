package io.siyu.mall.e2e.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Ids that the platform itself has told, to be used where they do not belong. */
final class Ids {

  private static final int MOST = 2_000;

  private final Set<String> seen = new LinkedHashSet<>();
  private final List<String> ids = new ArrayList<>();
  private final boolean kept;

  /**
   * @param kept false to forget what is told: nonsense then never meets a thing of somebody else
   */
  Ids(boolean kept) {
    this.kept = kept;
  }

  /** Remembers every id, code and number in an answer. */
  void learn(JsonNode answer) {
    if (!kept || ids.size() >= MOST) {
      return;
    }
    answer
        .fields()
        .forEachRemaining(
            field -> {
              boolean names = field.getKey().matches(".*(?:Id|Code|No|Token)");
              if (names && field.getValue().isTextual() && seen.add(field.getValue().asText())) {
                ids.add(field.getValue().asText());
              }
              learn(field.getValue());
            });
    answer.elements().forEachRemaining(this::learn);
  }

  /** One of them, or one that nothing has. */
  String any(Random random) {
    return ids.isEmpty() || random.nextInt(4) == 0
        ? new UUID(random.nextLong(), random.nextLong()).toString()
        : ids.get(random.nextInt(ids.size()));
  }
}
