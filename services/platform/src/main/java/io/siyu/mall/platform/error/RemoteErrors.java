package io.siyu.mall.platform.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads back what {@link GrpcErrors} wrote: for clients of another service and for the gateway. */
public final class RemoteErrors {

  private RemoteErrors() {}

  /** What the other side said. */
  public static RemoteError from(StatusRuntimeException failure) {
    return read(failure);
  }

  /**
   * The same refusal as if it were made here, so that it can be handled by kind and reason. Empty
   * when the other side gave no reason or reports a bug of its own.
   */
  public static Optional<DomainException> refusal(StatusRuntimeException failure) {
    RemoteError error = read(failure);
    if (error.isUnknown()) {
      return Optional.empty();
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.code() == error.code())
        .findFirst()
        .map(kind -> refusal(kind, error));
  }

  /** Whether the failure is another service's (or this one's) refusal with the reason. */
  public static boolean hasReason(Throwable failure, String reason) {
    if (failure instanceof DomainException refusal) {
      return refusal.reason().equals(reason);
    }
    return failure instanceof StatusRuntimeException status && read(status).reason().equals(reason);
  }

  static RemoteError read(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    com.google.rpc.Status details = StatusProto.fromThrowable(failure);
    String reason = "";
    Map<String, String> metadata = Map.of();
    List<Violation> violations = new ArrayList<>();
    try {
      for (Any detail : details == null ? List.<Any>of() : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          reason = info.getReason();
          metadata = Map.copyOf(info.getMetadataMap());
        } else if (detail.is(BadRequest.class)) {
          detail
              .unpack(BadRequest.class)
              .getFieldViolationsList()
              .forEach(v -> violations.add(new Violation(v.getField(), v.getDescription())));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      // Details that cannot be read are as good as none: the code still stands.
      reason = "";
    }
    String message = status.getDescription() == null ? "" : status.getDescription();
    return new RemoteError(status.getCode(), reason, message, metadata, List.copyOf(violations));
  }

  private static DomainException refusal(Kind kind, RemoteError error) {
    DomainException refusal = new DomainException(kind, error.reason(), error.message());
    error.metadata().forEach(refusal::with);
    error.violations().forEach(v -> refusal.violation(v.field(), v.message()));
    return refusal;
  }
}
