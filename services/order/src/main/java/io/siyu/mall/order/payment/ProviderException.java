package io.siyu.mall.order.payment;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;

/** The provider refused a call, or did not answer it so that one could understand. */
public class ProviderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean definite;
  private final boolean forGood;
  private final String code;

  /**
   * @param definite whether the provider itself said no; if not, it may have done what was asked
   * @param code the provider's code, or what went wrong on the way
   */
  public ProviderException(boolean definite, String code, String message) {
    this(definite, false, code, message);
  }

  /** As above, and whether the provider will say the same whenever it is asked. */
  public ProviderException(boolean definite, boolean forGood, String code, String message) {
    super(code + ": " + message, null, false, false);
    this.definite = definite;
    this.forGood = forGood;
    this.code = code;
  }

  /** Whether the same will be refused later, too. */
  public boolean forGood() {
    return forGood;
  }

  public boolean definite() {
    return definite;
  }

  public String code() {
    return code;
  }

  /** What somebody who waits for the answer is told. */
  public DomainException toRefusal() {
    return definite
        ? DomainException.precondition(
                "PAYMENT_PROVIDER_REFUSED", "the payment provider refused: " + code)
            .with("provider_code", code)
        : new DomainException(
            Kind.UNAVAILABLE,
            "PAYMENT_PROVIDER_UNAVAILABLE",
            "the payment provider did not answer");
  }
}
