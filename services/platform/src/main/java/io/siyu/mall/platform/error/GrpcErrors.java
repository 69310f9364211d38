package io.siyu.mall.platform.error;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * Turns every {@link Throwable} into a {@code google.rpc.Status} with an {@code ErrorInfo}: the one
 * place where an exception becomes something that travels. What is not a known refusal becomes
 * INTERNAL with an error id; the id and the stack trace are logged, nothing of them travels.
 */
public final class GrpcErrors {

  /** The domain of every {@code ErrorInfo} that this platform makes. */
  public static final String DOMAIN = "siyu.mall";

  public static final String INTERNAL = "INTERNAL";
  public static final String STALE_VERSION = "STALE_VERSION";
  public static final String CONCURRENT_UPDATE = "CONCURRENT_UPDATE";
  public static final String ALREADY_EXISTS = "ALREADY_EXISTS";
  public static final String DATABASE_UNAVAILABLE = "DATABASE_UNAVAILABLE";
  public static final String VALUE_NOT_POSSIBLE = "VALUE_NOT_POSSIBLE";
  public static final String UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE";

  private static final Logger LOG = Logger.getLogger(GrpcErrors.class);

  private GrpcErrors() {}

  /** What a server answers for the failure. */
  public static StatusRuntimeException toStatus(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof StatusRuntimeException || cause instanceof StatusException) {
      return passOn(cause);
    }
    return classify(cause).map(GrpcErrors::status).orElseGet(() -> internal(cause));
  }

  /**
   * The refusal behind a failure: a {@link DomainException} as it is, and what the database or
   * another service refused in the same form. Empty for a bug.
   */
  public static Optional<DomainException> classify(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof DomainException refusal) {
      return Optional.of(refusal);
    }
    if (cause instanceof StatusRuntimeException status) {
      return RemoteErrors.refusal(status);
    }
    if (DatabaseErrors.isStaleVersion(cause)) {
      return refusal(Kind.ABORTED, STALE_VERSION, "changed by somebody else in the meantime");
    }
    if (DatabaseErrors.isDuplicateKey(cause)) {
      return refusal(Kind.ALREADY_EXISTS, ALREADY_EXISTS, "exists already");
    }
    if (DatabaseErrors.isDeadlock(cause)) {
      return refusal(Kind.ABORTED, CONCURRENT_UPDATE, "lost against a concurrent change");
    }
    if (DatabaseErrors.isUnfitValue(cause)) {
      return refusal(
          Kind.INVALID_ARGUMENT,
          VALUE_NOT_POSSIBLE,
          "a value has characters, or a length, that nothing of its kind can have");
    }
    if (DatabaseErrors.isUnavailable(cause)) {
      LOG.warnf("database unavailable: %s", cause.toString());
      return refusal(Kind.UNAVAILABLE, DATABASE_UNAVAILABLE, "cannot be served right now");
    }
    return Optional.empty();
  }

  /** The refusal as it travels. */
  public static StatusRuntimeException status(DomainException refusal) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(refusal.reason())
            .setDomain(DOMAIN)
            .putAllMetadata(refusal.metadata())
            .build();
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(refusal.kind().code().value())
            .setMessage(String.valueOf(refusal.getMessage()))
            .addDetails(Any.pack(info));
    if (!refusal.violations().isEmpty()) {
      BadRequest.Builder request = BadRequest.newBuilder();
      for (Violation violation : refusal.violations()) {
        request
            .addFieldViolationsBuilder()
            .setField(violation.field())
            .setDescription(violation.message());
      }
      status.addDetails(Any.pack(request.build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static Optional<DomainException> refusal(Kind kind, String reason, String message) {
    return Optional.of(new DomainException(kind, reason, message));
  }

  private static StatusRuntimeException passOn(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    RemoteError error = RemoteErrors.read(failure);
    if (!error.reason().isEmpty()) {
      return StatusProto.toStatusRuntimeException(StatusProto.fromThrowable(failure));
    }
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> {
        LOG.warnf("another service did not answer: %s", status);
        yield status(
            new DomainException(
                Kind.UNAVAILABLE, UPSTREAM_UNAVAILABLE, "a part of the platform did not answer"));
      }
      default -> internal(failure);
    };
  }

  private static StatusRuntimeException internal(Throwable failure) {
    String errorId = UUID.randomUUID().toString();
    LOG.errorf(failure, "internal error %s", errorId);
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(INTERNAL)
            .setDomain(DOMAIN)
            .putAllMetadata(Map.of("error_id", errorId))
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.INTERNAL.value())
            .setMessage("internal error " + errorId)
            .addDetails(Any.pack(info))
            .build());
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable current = failure;
    while (current instanceof CompletionException && current.getCause() != null) {
      current = current.getCause();
    }
    return current;
  }
}
