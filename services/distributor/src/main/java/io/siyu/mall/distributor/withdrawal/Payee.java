package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.distributor.DistributorState;
import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Who receives a withdrawal, as of now: what finance looks at before it decides.
 *
 * @param distributorId the seat that they have, or had last
 * @param owed as a positive amount
 * @param openCases after-sale cases on lines they earn on, whichever seat earned it, the oldest
 *     first
 */
record Payee(
    UUID distributorId,
    DistributorState state,
    String stateReason,
    Money owed,
    Money available,
    List<OpenCase> openCases) {

  /**
   * @param commission what they earned on the line, less what was taken back
   */
  record OpenCase(UUID caseId, UUID orderId, String orderNo, Instant openedAt, Money commission) {}

  boolean onHold() {
    return state == DistributorState.SUSPENDED;
  }

  Money atStake() {
    return Money.sum(openCases.stream().map(OpenCase::commission).toList());
  }
}
