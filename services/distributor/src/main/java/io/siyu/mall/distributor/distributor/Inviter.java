package io.siyu.mall.distributor.distributor;

import java.util.Objects;
import java.util.UUID;

/**
 * Who invites.
 *
 * @param id the distributor's id, the brand's code, or the staff member's subject
 * @param brandCode the brand whose people the invited become; null for the platform's own
 */
public record Inviter(InviterKind kind, String id, String brandCode) {

  public Inviter {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(id);
  }

  /** The inviting distributor's id; null when somebody else invites. */
  public UUID distributorId() {
    return kind == InviterKind.DISTRIBUTOR ? UUID.fromString(id) : null;
  }
}
