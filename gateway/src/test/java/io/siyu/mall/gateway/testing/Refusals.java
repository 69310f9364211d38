package io.siyu.mall.gateway.testing;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Failures as the services send them. */
public final class Refusals {

  private Refusals() {}

  /** A refusal with its reason. */
  public static StatusRuntimeException of(Code code, String reason, String message) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code.value())
            .setMessage(message)
            .addDetails(Any.pack(info(reason)))
            .build());
  }

  /** A bad argument. */
  public static StatusRuntimeException invalid(String field, String message) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT.value())
            .setMessage(field + " " + message)
            .addDetails(Any.pack(info("INVALID_ARGUMENT")))
            .addDetails(
                Any.pack(
                    BadRequest.newBuilder()
                        .addFieldViolations(
                            BadRequest.FieldViolation.newBuilder()
                                .setField(field)
                                .setDescription(message))
                        .build()))
            .build());
  }

  /** A bug in a service. */
  public static StatusRuntimeException internal(String errorId) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.INTERNAL.value())
            .setMessage("internal error " + errorId)
            .addDetails(
                Any.pack(info("INTERNAL").toBuilder().putMetadata("error_id", errorId).build()))
            .build());
  }

  private static ErrorInfo info(String reason) {
    return ErrorInfo.newBuilder().setReason(reason).setDomain("siyu.mall").build();
  }
}
