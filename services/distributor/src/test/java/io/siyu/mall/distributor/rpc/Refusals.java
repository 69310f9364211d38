package io.siyu.mall.distributor.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.StatusRuntimeException;
import io.siyu.mall.platform.error.RemoteErrors;
import org.junit.jupiter.api.function.Executable;

/** Expects refusals by their reason. */
final class Refusals {

  private Refusals() {}

  static void refused(String reason, Executable call) {
    StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, call);
    assertEquals(reason, RemoteErrors.from(refusal).reason(), refusal.toString());
  }
}
