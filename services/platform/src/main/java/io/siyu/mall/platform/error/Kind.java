package io.siyu.mall.platform.error;

import io.grpc.Status;

/** What sort of refusal it is; each is one gRPC status code and one HTTP status at the gateway. */
public enum Kind {
  /** The request can never succeed as it is (400). */
  INVALID_ARGUMENT(Status.Code.INVALID_ARGUMENT),
  /** No such thing, or none that the caller may see (404). */
  NOT_FOUND(Status.Code.NOT_FOUND),
  /** It is there already (409). */
  ALREADY_EXISTS(Status.Code.ALREADY_EXISTS),
  /** Not in the state it is in (409 or 422); trying again changes nothing. */
  FAILED_PRECONDITION(Status.Code.FAILED_PRECONDITION),
  /** Somebody else was faster (409); read again and try again. */
  ABORTED(Status.Code.ABORTED),
  /** Not this caller (403). */
  PERMISSION_DENIED(Status.Code.PERMISSION_DENIED),
  /** Nobody, or a token that does not hold (401). */
  UNAUTHENTICATED(Status.Code.UNAUTHENTICATED),
  /** A limit is used up (429). */
  RESOURCE_EXHAUSTED(Status.Code.RESOURCE_EXHAUSTED),
  /** Not now; the same request can succeed later (503). */
  UNAVAILABLE(Status.Code.UNAVAILABLE);

  private final Status.Code code;

  Kind(Status.Code code) {
    this.code = code;
  }

  /** The gRPC status code. */
  public Status.Code code() {
    return code;
  }
}
