package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.money.Money;

/**
 * What the provider says of a transfer.
 *
 * @param amount what it transfers; null when it did not say
 * @param packageInfo what the client needs while the receiver has to confirm; else empty
 * @param failure why it failed; else empty
 */
public record TransferBill(
    String billNo,
    String providerBillNo,
    Status status,
    Money amount,
    String packageInfo,
    String failure) {

  /** The provider's states, by its own names. */
  public enum Status {
    ACCEPTED,
    PROCESSING,
    WAIT_USER_CONFIRM,
    TRANSFERING,
    SUCCESS,
    FAIL,
    CANCELING,
    CANCELLED
  }
}
