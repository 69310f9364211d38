package io.siyu.mall.distributor.correction;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.distributor.v1.CorrectionNames;
import java.util.List;

/** Corrections of names on the wire, masked. */
final class NameCorrectionProto {

  private NameCorrectionProto() {}

  static io.siyu.mall.proto.distributor.v1.NameCorrection to(NameCorrection c) {
    var message =
        io.siyu.mall.proto.distributor.v1.NameCorrection.newBuilder()
            .setCorrectionId(ProtoIds.to(c.id()))
            .setMemberId(ProtoIds.to(c.memberId()))
            .setDistributorId(ProtoIds.to(c.distributorId()))
            .setState(
                io.siyu.mall.proto.distributor.v1.NameCorrection.State.valueOf(c.state().name()))
            .setOldNameMasked(c.oldNameMasked())
            .setNewNameMasked(c.newNameMasked())
            .setIdNumberMasked(c.idNumberMasked())
            .setReason(c.reason())
            .setRequestedAt(ProtoTime.to(c.requestedAt()))
            .setDecidedBy(c.decidedBy())
            .setDecisionReason(c.decisionReason());
    if (c.decidedAt() != null) {
      message.setDecidedAt(ProtoTime.to(c.decidedAt()));
    }
    return message.build();
  }

  /** For staff, with whoever has read the names in clear. */
  static io.siyu.mall.proto.distributor.v1.NameCorrection to(
      NameCorrection c, List<NameCorrection.Reading> readings) {
    var message = to(c).toBuilder();
    readings.forEach(
        one -> message.addNamesReadBuilder().setReadBy(one.by()).setReadAt(ProtoTime.to(one.at())));
    return message.build();
  }

  static CorrectionNames to(ReadNames.Names names) {
    return CorrectionNames.newBuilder()
        .setCorrectionId(ProtoIds.to(names.correctionId()))
        .setOldName(names.oldName())
        .setNewName(names.newName())
        .build();
  }

  /** The distributor does not see who of the staff decided. */
  static io.siyu.mall.proto.distributor.v1.NameCorrection toOwner(NameCorrection c) {
    return to(c).toBuilder().clearDecidedBy().build();
  }

  /** Null for "any". */
  static NameCorrectionState state(io.siyu.mall.proto.distributor.v1.NameCorrection.State state) {
    return switch (state) {
      case STATE_UNSPECIFIED -> null;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is unknown");
      default -> NameCorrectionState.valueOf(state.name());
    };
  }
}
