package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One notification and how its delivery went.
 *
 * @param operation under which it can misbehave
 * @param subject the merchant's number of what it is about
 * @param resource what is told, before encryption
 */
public record Notification(
    String id,
    String operation,
    String eventType,
    String originalType,
    String summary,
    String subject,
    String url,
    JsonNode resource,
    Instant created,
    State state,
    List<Attempt> attempts) {

  /** How far the delivery is. */
  public enum State {
    /** Waits for its first or next attempt. */
    PENDING,
    /** Waits for another notification to pass. */
    HELD,
    /** Answered with 200 or 204. */
    DELIVERED,
    /** Never answered so; no more attempts. */
    ABANDONED,
    /** Never sent. */
    LOST
  }

  /** What is wrong with what is sent. */
  public enum Variety {
    GENUINE,
    /** Signed by a stranger. */
    FORGED,
    /** Signed ten minutes ago. */
    STALE,
    /** Rightly signed, another amount, another id. */
    WRONG_AMOUNT,
    /** The platform's probe: a signature that begins with {@code WECHATPAY/SIGNTEST/}. */
    SIGNTEST
  }

  /**
   * One time it was sent.
   *
   * @param status the answer's HTTP status, or null if there was none
   * @param answer the beginning of the answer's body
   * @param error why there was no answer
   */
  public record Attempt(
      Variety variety, Instant at, Integer status, String answer, String error, long millis) {

    /** Whether the receiver took it. */
    public boolean accepted() {
      return status != null && (status == 200 || status == 204);
    }
  }

  Notification in(State other) {
    return new Notification(
        id,
        operation,
        eventType,
        originalType,
        summary,
        subject,
        url,
        resource,
        created,
        other,
        attempts);
  }

  Notification with(Attempt attempt) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(attempt);
    return new Notification(
        id,
        operation,
        eventType,
        originalType,
        summary,
        subject,
        url,
        resource,
        created,
        state,
        List.copyOf(more));
  }

  int genuineAttempts() {
    return (int) attempts.stream().filter(a -> a.variety() == Variety.GENUINE).count();
  }

  /**
   * The resource with another amount.
   *
   * @param fen the amount, or null for one fen more
   */
  JsonNode resourceWithAmount(Long fen) {
    ObjectNode changed = resource.deepCopy();
    switch (originalType) {
      case "transaction" -> {
        ObjectNode amount = (ObjectNode) changed.get("amount");
        long claimed = fen != null ? fen : amount.get("total").longValue() + 1;
        amount.put("total", claimed).put("payer_total", claimed);
      }
      case "refund" -> {
        ObjectNode amount = (ObjectNode) changed.get("amount");
        long claimed = fen != null ? fen : amount.get("refund").longValue() + 1;
        amount.put("refund", claimed).put("payer_refund", claimed);
      }
      default -> {
        long claimed = fen != null ? fen : changed.get("transfer_amount").longValue() + 1;
        changed.put("transfer_amount", claimed);
      }
    }
    return changed;
  }
}
