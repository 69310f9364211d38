package io.siyu.mall.sandbox.taobao;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Many orders that need no memory: each follows from its number. They are spread evenly over the
 * time; every twentieth is invalid, five in twenty are settled, four received, the rest paid.
 *
 * @param first number of the first order; the others follow
 * @param relationIds credited in turn
 */
record OrderBatch(long first, int count, Instant from, Instant to, List<String> relationIds) {

  private static final int DIGITS = 19;

  /** Those found by a query of the type in the window, after a position, in the order of time. */
  List<TaobaoOrder> find(int queryType, Instant start, Instant end, Position after, int limit) {
    List<TaobaoOrder> found = new ArrayList<>();
    Instant begin = after != null && after.time().isAfter(start) ? after.time() : start;
    for (int i = Math.max(next(after), index(begin) - 1); i < count && found.size() < limit; i++) {
      TaobaoOrder order = order(i);
      Instant time = order.time(queryType);
      if (order.createdAt().isAfter(end)) {
        break;
      }
      if (time != null
          && !time.isBefore(start)
          && !time.isAfter(end)
          && (after == null || after.isBefore(time, order.tradeId()))) {
        found.add(order);
      }
    }
    return found;
  }

  /** Numbers and times grow together: what follows one of these orders follows its number. */
  private int next(Position after) {
    if (after == null || after.tradeId().length() != DIGITS) {
      return 0;
    }
    long number = Long.parseUnsignedLong(after.tradeId()) - first;
    boolean mine =
        number >= 0 && number < count && order((int) number).createdAt().equals(after.time());
    return mine ? (int) number + 1 : 0;
  }

  private int index(Instant time) {
    long all = Math.max(1, Duration.between(from, to).toMillis());
    long at = Duration.between(from, time).toMillis();
    return at <= 0 ? 0 : (int) Math.min(count, (at - 1_000) * count / all);
  }

  private TaobaoOrder order(int i) {
    long all = Math.max(1, Duration.between(from, to).toMillis());
    Instant at = Instant.ofEpochSecond(from.plusMillis(all * i / count).getEpochSecond());
    int kind = i % 20;
    TaobaoOrder.Status status =
        kind == 19
            ? TaobaoOrder.Status.INVALID
            : kind >= 14
                ? TaobaoOrder.Status.SETTLED
                : kind >= 10 ? TaobaoOrder.Status.RECEIVED : TaobaoOrder.Status.PAID;
    String number = number(first + i);
    return new TaobaoOrder(
        number,
        number,
        relationIds.get(i % relationIds.size()),
        status,
        "样品 " + (i % 1_000),
        Integer.toString(600_000_000 + i % 1_000),
        1 + i % 3,
        1_000 + i % 9_000,
        100 + i % 900,
        i % 10,
        at,
        status == TaobaoOrder.Status.SETTLED ? at : null,
        at);
  }

  private static String number(long number) {
    String digits = Long.toString(number);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** Where a page ended. */
  record Position(Instant time, String tradeId) {

    /** {@code <seconds>_<tradeId>}; opaque to the caller. */
    String text() {
      return time.getEpochSecond() + "_" + tradeId;
    }

    static Position parse(String text) {
      int at = text == null ? -1 : text.indexOf('_');
      try {
        return new Position(
            Instant.ofEpochSecond(Long.parseLong(text.substring(0, at))), text.substring(at + 1));
      } catch (RuntimeException e) {
        throw TopErrors.argument("position_index");
      }
    }

    boolean isBefore(Instant other, String otherId) {
      int order = time.compareTo(other);
      return order < 0 || order == 0 && tradeId.compareTo(otherId) < 0;
    }
  }
}
