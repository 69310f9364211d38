package io.siyu.mall.sandbox.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the outside world remembers: tables in memory, written through to a journal of JSON lines if
 * there is a directory for it. A restarted sandbox reads the journal, the last line of a key wins;
 * a last line torn by a kill is dropped. Not synced to the disk: it survives the death of the
 * process, not of the machine.
 */
public final class Store implements AutoCloseable {
  private static final String JOURNAL = "journal.jsonl";

  private final Map<String, Map<String, JsonNode>> read = new LinkedHashMap<>();
  private final Writer journal;

  private Store(Writer journal) {
    this.journal = journal;
  }

  /**
   * Opens the store.
   *
   * @param directory where the journal is kept, or null to keep nothing
   */
  public static Store open(Path directory) throws IOException {
    if (directory == null) {
      return new Store(null);
    }
    Files.createDirectories(directory);
    Path file = directory.resolve(JOURNAL);
    Map<String, Map<String, JsonNode>> rows = readJournal(file);
    Path fresh = directory.resolve(JOURNAL + ".new");
    try (Writer compact = Files.newBufferedWriter(fresh)) {
      for (var table : rows.entrySet()) {
        for (var row : table.getValue().entrySet()) {
          compact.write(line(table.getKey(), row.getKey(), row.getValue()));
        }
      }
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    Store store = new Store(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
    store.read.putAll(rows);
    return store;
  }

  /** The table of that name, holding what was read from the journal. */
  public synchronized <T> Table<T> table(String name, Class<T> type) {
    Map<String, T> rows = new LinkedHashMap<>();
    Map<String, JsonNode> stored = read.remove(name);
    if (stored != null) {
      stored.forEach((key, value) -> rows.put(key, Json.MAPPER.convertValue(value, type)));
    }
    return new Table<>(name, this, rows);
  }

  synchronized void append(String table, String key, Object value) {
    if (journal == null) {
      return;
    }
    try {
      journal.write(line(table, key, value));
      journal.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox cannot write its journal", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (journal != null) {
      journal.close();
    }
  }

  private static String line(String table, String key, Object value) {
    return Json.text(Json.object("table", table, "key", key, "value", value)) + "\n";
  }

  private static Map<String, Map<String, JsonNode>> readJournal(Path file) throws IOException {
    Map<String, Map<String, JsonNode>> rows = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return rows;
    }
    for (String line : Files.readAllLines(file)) {
      try {
        JsonNode row = Json.MAPPER.readTree(line);
        rows.computeIfAbsent(row.path("table").asText(), t -> new LinkedHashMap<>())
            .put(row.path("key").asText(), row.path("value"));
      } catch (JsonProcessingException e) {
        break; // Torn by a kill: it was never answered for.
      }
    }
    return rows;
  }
}
