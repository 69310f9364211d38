package io.siyu.mall.distributor.ledger;

import java.util.ArrayList;
import java.util.List;

/** One identity compared over all data; collects what differs. */
public final class Check {

  private static final int MOST_SHOWN = 100;

  private final String name;
  private final List<Difference> differences = new ArrayList<>();
  private long compared;
  private long count;
  private long amount;

  /** One place where the books do not agree. */
  public record Difference(String key, String expected, String actual, String message) {}

  public Check(String name) {
    this.name = name;
  }

  /** Counts a comparison of two amounts of fen, and the difference if there is one. */
  public void compare(String key, long expected, long actual, String message) {
    compared++;
    if (expected != actual) {
      add(key, Long.toString(expected), Long.toString(actual), message);
      amount = Math.addExact(amount, Math.abs(Math.subtractExact(expected, actual)));
    }
  }

  /** Counts a comparison of two descriptions. */
  public void compare(String key, Object expected, Object actual, long fen, String message) {
    compared++;
    if (!expected.equals(actual)) {
      add(key, expected.toString(), actual.toString(), message);
      amount = Math.addExact(amount, Math.abs(fen));
    }
  }

  /** Counts comparisons that were made elsewhere. */
  public void compared(long more) {
    compared += more;
  }

  private void add(String key, String expected, String actual, String message) {
    count++;
    if (differences.size() < MOST_SHOWN) {
      differences.add(new Difference(key, expected, actual, message));
    }
  }

  public String name() {
    return name;
  }

  public long compared() {
    return compared;
  }

  /** The first of them. */
  public List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** All of them. */
  public long count() {
    return count;
  }

  /** The sum of absolute differences in fen. */
  public long amount() {
    return amount;
  }
}
