package io.siyu.mall.platform.error;

import io.grpc.Status;
import java.util.List;
import java.util.Map;

/**
 * What another service answered instead of a response.
 *
 * @param code the gRPC code
 * @param reason the {@code ErrorInfo}'s reason; empty when the failure is not the service's own
 *     word (no connection, no answer in time)
 * @param message for a developer
 * @param metadata the {@code ErrorInfo}'s facts
 * @param violations what is wrong with which field
 */
public record RemoteError(
    Status.Code code,
    String reason,
    String message,
    Map<String, String> metadata,
    List<Violation> violations) {

  /** Nobody answered; whether something happened there is unknown. */
  public boolean isUnknown() {
    return reason.isEmpty();
  }
}
