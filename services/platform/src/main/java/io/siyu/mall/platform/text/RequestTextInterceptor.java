package io.siyu.mall.platform.text;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.GrpcErrors;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.RequestTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

/**
 * No endpoint sees a text that is not in its normal form and within its bounds: every request is
 * read by {@link RequestTexts} first, and refused with all that is wrong.
 */
@ApplicationScoped
@GlobalInterceptor
public class RequestTextInterceptor implements ServerInterceptor, Prioritized {

  /** Behind the one that finds out who calls: strangers learn nothing of our bounds. */
  @Override
  public int getPriority() {
    return -1;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return new Reader<>(call, next.startCall(call, headers));
  }

  private static final class Reader<Q, R> extends SimpleForwardingServerCallListener<Q> {

    private final ServerCall<Q, R> call;
    private boolean refused;

    Reader(ServerCall<Q, R> call, ServerCall.Listener<Q> next) {
      super(next);
      this.call = call;
    }

    @Override
    @SuppressWarnings("unchecked") // the message read is of the message's class
    public void onMessage(Q request) {
      if (refused) {
        return;
      }
      if (!(request instanceof Message message)) {
        super.onMessage(request);
        return;
      }
      RequestTexts.Read<Message> read = RequestTexts.of(message);
      if (read.problems().isEmpty()) {
        super.onMessage((Q) read.request());
      } else {
        refuse(read);
      }
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }

    private void refuse(RequestTexts.Read<Message> read) {
      refused = true;
      Validation validation = Validation.start();
      read.problems().forEach(p -> validation.require(false, p.field(), p.problem()));
      try {
        validation.check();
      } catch (DomainException refusal) {
        StatusRuntimeException status = GrpcErrors.status(refusal);
        call.close(status.getStatus(), status.getTrailers());
        if (!call.getMethodDescriptor().getType().clientSendsOneMessage()) {
          // Who reads a stream would wait for its end for ever.
          super.onCancel();
        }
      }
    }
  }
}
