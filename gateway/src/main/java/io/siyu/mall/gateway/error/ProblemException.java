package io.siyu.mall.gateway.error;

import java.util.List;

/** A refusal by the gateway itself. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final int retryAfterSeconds;

  public ProblemException(Problem problem) {
    this(problem, 0);
  }

  /**
   * @param retryAfterSeconds what {@code Retry-After} says; 0 for no such header
   */
  public ProblemException(Problem problem, int retryAfterSeconds) {
    super(problem.reason() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A 400 about one field, header or parameter. */
  public static ProblemException invalid(String reason, String field, String message) {
    return new ProblemException(
        Problem.of(400, reason, message, List.of(new Violation(field, message))));
  }

  public Problem problem() {
    return problem;
  }

  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
