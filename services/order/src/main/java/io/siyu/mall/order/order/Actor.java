package io.siyu.mall.order.order;

import io.siyu.mall.text.Excerpt;

/**
 * Who did something, as the timeline shows it: {@code member}, {@code staff:<name>} or {@code
 * system}.
 */
public record Actor(String text) {

  public static final Actor MEMBER = new Actor("member");
  public static final Actor SYSTEM = new Actor("system");

  private static final int MAX_LENGTH = 80;

  public Actor {
    text = Excerpt.of(text, MAX_LENGTH);
  }

  /** Somebody of the brand or the platform. */
  public static Actor staff(String name) {
    return new Actor("staff:" + name);
  }
}
