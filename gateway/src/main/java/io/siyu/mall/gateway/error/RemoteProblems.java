package io.siyu.mall.gateway.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** What a service refused ({@code google.rpc.Status} with {@code ErrorInfo}), as a problem. */
public final class RemoteProblems {

  private static final Logger LOG = Logger.getLogger(RemoteProblems.class);

  /** Metadata of a refusal. */
  private static final String RETRY_AFTER = "retry_after_seconds";

  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

  private RemoteProblems() {}

  /** The problem that a failed call stands for. Texts of unknown origin are never passed on. */
  public static Problem of(StatusRuntimeException failure) {
    Details details = Details.of(failure);
    Status.Code code = failure.getStatus().getCode();
    if (details.info == null) {
      return withoutDetails(code, failure);
    }
    String reason = details.info.getReason();
    if (code == Status.Code.INTERNAL || code == Status.Code.UNKNOWN) {
      return Problem.internal(details.info.getMetadataOrDefault("error_id", "unknown"));
    }
    int status = Reasons.STALE_VERSION.equals(reason) ? 412 : statusOf(code);
    return Problem.of(status, reason, detail(reason, details.message), details.violations);
  }

  /** When the service says it can be tried again, in seconds; 0 when it says nothing of it. */
  public static int retryAfterSeconds(StatusRuntimeException failure) {
    Details details = Details.of(failure);
    String seconds =
        details.info == null ? "0" : details.info.getMetadataOrDefault(RETRY_AFTER, "0");
    return SECONDS.matcher(seconds).matches() ? Integer.parseInt(seconds) : 0;
  }

  private static Problem withoutDetails(Status.Code code, StatusRuntimeException failure) {
    switch (code) {
      case UNAVAILABLE, CANCELLED:
        LOG.warnf("a service cannot be reached: %s", failure.getMessage());
        return known(503, Reasons.UPSTREAM_UNAVAILABLE);
      case DEADLINE_EXCEEDED:
        LOG.warnf("a service did not answer in time: %s", failure.getMessage());
        return known(503, Reasons.UPSTREAM_TIMEOUT);
      case UNIMPLEMENTED:
        LOG.warnf("a service does not know the call: %s", failure.getMessage());
        return Problem.of(503, Reasons.NOT_AVAILABLE, "此功能暂未开放");
      case UNAUTHENTICATED:
        return known(401, Reasons.UNAUTHENTICATED);
      case PERMISSION_DENIED:
        return known(403, Reasons.PERMISSION_DENIED);
      case NOT_FOUND:
        return known(404, Reasons.NOT_FOUND);
      case INVALID_ARGUMENT, OUT_OF_RANGE:
        return known(400, Reasons.INVALID_ARGUMENT);
      default:
        String errorId = UUID.randomUUID().toString();
        LOG.errorf(failure, "a service failed, error %s", errorId);
        return Problem.internal(errorId);
    }
  }

  private static Problem known(int status, String reason) {
    return Problem.of(status, reason, detail(reason, ""));
  }

  private static String detail(String reason, String message) {
    return Reasons.text(reason)
        .map(text -> message.isBlank() ? text : text + "（" + message + "）")
        .orElse(message.isBlank() ? reason : message);
  }

  private static int statusOf(Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNIMPLEMENTED -> 503;
      default -> 500;
    };
  }

  /** {@code address.receiver_name} as the client wrote it: {@code address.receiverName}. */
  static String fieldName(String protoName) {
    if (protoName.equals("request_id")) {
      return "Idempotency-Key";
    }
    StringBuilder name = new StringBuilder(protoName.length());
    boolean upper = false;
    for (char c : protoName.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return name.toString();
  }

  private record Details(String message, ErrorInfo info, List<Violation> violations) {

    static Details of(StatusRuntimeException failure) {
      com.google.rpc.Status status = StatusProto.fromThrowable(failure);
      ErrorInfo info = null;
      List<Violation> violations = new ArrayList<>();
      if (status == null) {
        return new Details("", null, violations);
      }
      try {
        for (Any detail : status.getDetailsList()) {
          if (detail.is(ErrorInfo.class)) {
            info = detail.unpack(ErrorInfo.class);
          } else if (detail.is(BadRequest.class)) {
            for (BadRequest.FieldViolation v :
                detail.unpack(BadRequest.class).getFieldViolationsList()) {
              violations.add(new Violation(fieldName(v.getField()), v.getDescription()));
            }
          }
        }
      } catch (InvalidProtocolBufferException e) {
        LOG.warnf("a service sent error details that cannot be read: %s", e.getMessage());
      }
      return new Details(status.getMessage(), info, violations);
    }
  }
}
