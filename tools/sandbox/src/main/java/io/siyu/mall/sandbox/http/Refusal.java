package io.siyu.mall.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;

/** A request that the platform refuses; its {@link Protocol} says how that looks on the wire. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;
  private final String code;
  private final transient JsonNode detail;

  /** A refusal that its code and message explain. */
  public Refusal(int status, String code, String message) {
    this(status, code, message, null);
  }

  /**
   * @param detail what the platform adds to explain, or null
   */
  public Refusal(int status, String code, String message, JsonNode detail) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The platform's own error code. */
  public String code() {
    return code;
  }

  /** More about the error, or null. */
  public JsonNode detail() {
    return detail;
  }
}
