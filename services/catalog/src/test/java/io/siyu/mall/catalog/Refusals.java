package io.siyu.mall.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.siyu.mall.platform.error.RemoteError;
import io.siyu.mall.platform.error.RemoteErrors;

/** What tests expect to be refused. */
public final class Refusals {

  private Refusals() {}

  /** The call is refused with the code and for the reason. */
  public static RemoteError refused(Status.Code code, String reason, Runnable call) {
    StatusRuntimeException e = assertThrows(StatusRuntimeException.class, call::run);
    RemoteError error = RemoteErrors.from(e);
    assertEquals(code, error.code(), e::toString);
    assertEquals(reason, error.reason(), e::toString);
    return error;
  }

  /** The call is refused because of one field. */
  public static void invalid(String field, Runnable call) {
    RemoteError error = refused(Status.Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", call);
    assertEquals(field, error.violations().get(0).field());
  }
}
