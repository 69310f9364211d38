package io.siyu.mall.sandbox.http;

/** How one platform authenticates requests, words its refusals and signs its answers. */
public interface Protocol {

  /** What is wrong with the signature of an answer or notification. */
  enum Seal {
    GENUINE,
    /** Signed by a stranger's key under the platform's name. */
    FORGED,
    /** Rightly signed, but with a time outside the window that a receiver may accept. */
    STALE
  }

  /** Refuses what is not rightly authenticated. */
  default void admit(Request request) {}

  /** Whether its answers are signed. */
  default boolean signs() {
    return false;
  }

  /** The refusal in this platform's form. */
  Answer refusal(Refusal refusal);

  /** Adds what every answer of the platform carries, such as a signature. */
  default Answer seal(Answer answer, Seal seal) {
    return answer;
  }

  /** {@code {code, message}}, for what belongs to no platform: the control API, unknown paths. */
  Protocol PLAIN =
      refusal ->
          Answer.json(
              refusal.status(),
              Json.object("code", refusal.code(), "message", refusal.getMessage()));
}
