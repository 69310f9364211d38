package io.siyu.mall.distributor.correction;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.TextType;
import java.time.Instant;
import java.util.UUID;

/**
 * A distributor's wish that another real name be paid: the provider compares it with the one that
 * the receiver is known by there, and fails the transfer where they differ.
 *
 * @param distributorId the seat whose name it is
 * @param newNameEncrypted as it is stored; so is the identity number, empty when none is given
 * @param reason why, by the distributor
 * @param decidedBy the subject of the staff's token; empty: nobody yet
 * @param decisionReason empty where none is asked for
 */
public record NameCorrection(
    UUID id,
    UUID memberId,
    UUID distributorId,
    NameCorrectionState state,
    String oldNameMasked,
    String newNameEncrypted,
    String newNameMasked,
    String idNumberEncrypted,
    String idNumberMasked,
    String reason,
    Instant requestedAt,
    String decidedBy,
    String decisionReason,
    Instant decidedAt) {

  public static final String NOT_FOUND = "NAME_CORRECTION_NOT_FOUND";
  public static final String OPEN = "NAME_CORRECTION_OPEN";
  public static final String DECIDED = "NAME_CORRECTION_DECIDED";

  /** Who of the staff read the names in clear, by the subject of their token. */
  public record Reading(String by, Instant at) {}

  /**
   * Checks that there is something to decide: without that nobody needs to see the names.
   *
   * @throws DomainException {@value #DECIDED}
   */
  void requireOpen() {
    if (state != NameCorrectionState.REQUESTED) {
      throw DomainException.precondition(DECIDED, "it was decided; names are shown before that");
    }
  }

  /** Staff agree. */
  public NameCorrection approve(String by, Instant now) {
    return decide(NameCorrectionState.APPROVED, by, "", now);
  }

  /** Staff turn it down. */
  public NameCorrection reject(String why, String by, Instant now) {
    Validation.start().required(TextType.REASON, "reason", why).check();
    return decide(NameCorrectionState.REJECTED, by, why, now);
  }

  private NameCorrection decide(NameCorrectionState next, String by, String why, Instant now) {
    NameCorrectionState.TRANSITIONS.check(state, next);
    return new NameCorrection(
        id,
        memberId,
        distributorId,
        next,
        oldNameMasked,
        newNameEncrypted,
        newNameMasked,
        idNumberEncrypted,
        idNumberMasked,
        reason,
        requestedAt,
        by,
        why,
        now);
  }
}
