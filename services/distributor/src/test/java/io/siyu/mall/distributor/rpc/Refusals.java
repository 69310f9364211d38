package io.siyu.mall.distributor.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.StatusRuntimeException;
import io.siyu.mall.platform.error.RemoteError;
import io.siyu.mall.platform.error.RemoteErrors;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** Expects refusals by their reason. */
final class Refusals {

  private Refusals() {}

  /** The facts that come with the refusal. */
  static Map<String, String> refused(String reason, Executable call) {
    StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, call);
    RemoteError error = RemoteErrors.from(refusal);
    assertEquals(reason, error.reason(), refusal.toString());
    return error.metadata();
  }
}
