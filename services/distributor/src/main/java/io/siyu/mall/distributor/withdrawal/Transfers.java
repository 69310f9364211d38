package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.personal.Sealed;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/**
 * The provider that transfers money to people. Every answer but a {@link TransferBill} leaves the
 * transfer unknown: it is asked again under the same number.
 */
public interface Transfers {

  /**
   * Asks for a transfer, or finds the one that the number stands for already.
   *
   * @param receiver the receiver's openid
   * @param realName needed by the provider for larger amounts
   */
  Uni<TransferBill> transfer(String billNo, Money amount, String receiver, Sealed realName);

  /** Asks after a transfer. Empty: the provider knows no such number. */
  Uni<Optional<TransferBill>> query(String billNo);

  /**
   * Reads a notification.
   *
   * @param headers by lower-case name
   * @throws io.siyu.mall.platform.error.DomainException NOTIFICATION_NOT_GENUINE
   */
  Uni<TransferBill> read(Map<String, String> headers, String body);
}
