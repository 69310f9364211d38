package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import java.util.List;
import java.util.UUID;

/**
 * The seat that a calling member sells by, or sold by last: what every "only your own" begins with.
 * What was made under an earlier seat of theirs is theirs still.
 *
 * @param ids of all seats of the member, this one included
 */
public record Seat(
    UUID memberId,
    UUID id,
    DistributorState state,
    String displayName,
    String brandCode,
    List<UUID> ids) {

  public static final String NOT_A_DISTRIBUTOR = "NOT_A_DISTRIBUTOR";
  public static final String NOT_ACTIVE = "DISTRIBUTOR_NOT_ACTIVE";

  static DomainException none() {
    return new DomainException(
        Kind.PERMISSION_DENIED, NOT_A_DISTRIBUTOR, "the member is not a distributor");
  }

  /**
   * @throws DomainException {@value #NOT_ACTIVE}
   */
  public Seat requireActive() {
    if (state != DistributorState.ACTIVE) {
      throw new DomainException(
              Kind.PERMISSION_DENIED, NOT_ACTIVE, "the distributor is " + state + ", not ACTIVE")
          .with("state", state);
    }
    return this;
  }
}
