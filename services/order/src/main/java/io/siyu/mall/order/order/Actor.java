package io.siyu.mall.order.order;

/**
 * Who did something, as the timeline shows it: {@code member}, {@code staff:<name>} or {@code
 * system}.
 */
public record Actor(String text) {

  public static final Actor MEMBER = new Actor("member");
  public static final Actor SYSTEM = new Actor("system");

  private static final int MAX_LENGTH = 80;

  public Actor {
    text = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
  }

  /** Somebody of the brand or the platform. */
  public static Actor staff(String name) {
    return new Actor("staff:" + name);
  }
}
