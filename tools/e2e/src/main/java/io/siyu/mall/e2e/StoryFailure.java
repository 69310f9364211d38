package io.siyu.mall.e2e;

/**
 * A step of the story did not go as told; the message says which, what was expected and what came.
 */
public final class StoryFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected and what came instead
   */
  public StoryFailure(String message) {
    super(message);
  }

  /**
   * @param message what was expected
   * @param cause why it could not be had
   */
  public StoryFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Fails unless both are equal.
   *
   * @param what the figure's name
   */
  static void expectEqual(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new StoryFailure(what + ": expected " + expected + ", got " + actual);
    }
  }
}
