package io.siyu.mall.local;

/** A failure that is told to the person at the keyboard in one sentence, without a stack trace. */
public class LocalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence: what is wrong and what to do about it
   */
  public LocalException(String message) {
    super(message);
  }

  /**
   * @param message one sentence: what is wrong and what to do about it
   * @param cause what was caught
   */
  public LocalException(String message, Throwable cause) {
    super(message, cause);
  }
}
