package io.siyu.mall.text;

/**
 * How many and how much: the bounds of numbers and lists that clients send, once for the services
 * that enforce them and the gateway that publishes them. What is not allowed by more than its size
 * (a price above the list price, more pieces than there are) is said where the rule is.
 */
public final class Bounds {

  /** Pieces of one SKU in a basket, a parcel or an after-sale case. */
  public static final int QUANTITY = 999;

  /** Lines of a basket, a parcel. */
  public static final int LINES = 100;

  /** Pictures of a case, evidence of a decision. */
  public static final int PICTURES = 9;

  public static final int KEYWORDS = 20;
  public static final int GALLERY = 30;
  public static final int ATTRIBUTES = 60;
  public static final int SPECS = 10;
  public static final int SKUS = 200;

  /** No SKU costs more: a million yuan. */
  public static final long PRICE_FEN = 100_000_000;

  /** No SKU is supplied with more pieces at once. */
  public static final long STOCK = 100_000_000;

  public static final int AFTER_SALE_DAYS = 365;

  /** A category's place among its siblings, from minus to plus. */
  public static final int SORT_ORDER = 100_000;

  public static final int INVITE_USES = 10_000;
  public static final int INVITE_DAYS = 366;

  /** The whole, in basis points. */
  public static final int BASIS_POINTS = 10_000;

  /** A commission by the piece. */
  public static final long PER_UNIT_FEN = 100_000_000;

  public static final int PROTECTED_DAYS = 3_650;
  public static final int TOUCH_HOURS = 720;

  /** Steps of a share policy. */
  public static final int SHARE_STEPS = 10;

  /** Parked events that are named in one request. */
  public static final int EVENTS = 1_000;

  /** An amount that is asked for or compared with: ten million yuan. */
  public static final long AMOUNT_FEN = 1_000_000_000;

  /** No rule is revised more often. */
  public static final long VERSION = 1_000_000;

  /** Members in one question: more than any person ever had. */
  public static final int MEMBERS = 50;

  /** Items of a page. */
  public static final int PAGE = 100;

  private Bounds() {}
}
