package io.siyu.mall.sandbox.state;

import java.util.List;
import java.util.Map;

/** Records by key, in the order in which they came. */
public final class Table<T> {
  private final String name;
  private final Store store;
  private final Map<String, T> rows;

  Table(String name, Store store, Map<String, T> rows) {
    this.name = name;
    this.store = store;
    this.rows = rows;
  }

  /** The record, or null. */
  public synchronized T get(String key) {
    return rows.get(key);
  }

  /** Stores the record, in place of an earlier one of that key. */
  public synchronized void put(String key, T value) {
    rows.put(key, value);
    store.append(name, key, value);
  }

  /** All records, oldest first. */
  public synchronized List<T> all() {
    return List.copyOf(rows.values());
  }
}
