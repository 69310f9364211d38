package io.siyu.mall.gateway.callback;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.RemoteProblems;
import io.siyu.mall.gateway.http.ProviderCallback;
import io.siyu.mall.gateway.upstream.CallerToken;
import io.siyu.mall.proto.distributor.v1.HandleTransferNotificationRequest;
import io.siyu.mall.proto.distributor.v1.MutinyWithdrawalsGrpc.MutinyWithdrawalsStub;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest.Kind;
import io.siyu.mall.proto.order.v1.MutinyPaymentsGrpc.MutinyPaymentsStub;
import io.siyu.mall.proto.order.v1.Provider;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/**
 * What WeChat Pay tells us. Headers and body go on byte by byte: the service that the message is
 * for verifies the signature. The answer is WeChat's form, not ours: empty on success, else code
 * and message, and WeChat sends the message again.
 */
@Path("/callbacks/wechat-pay")
@PermitAll
@ProviderCallback
@Consumes(MediaType.WILDCARD)
public class WeChatPayCallbacks {

  private static final Logger LOG = Logger.getLogger(WeChatPayCallbacks.class);
  private static final String SIGNATURE_HEADERS = "wechatpay-";

  @GrpcClient("order")
  MutinyPaymentsStub payments;

  @GrpcClient("distributor")
  MutinyWithdrawalsStub withdrawals;

  @POST
  @Path("/payments")
  @Operation(hidden = true)
  public Uni<Response> payment(@Context HttpHeaders headers, byte[] body) {
    return money(Kind.PAYMENT, headers, body);
  }

  @POST
  @Path("/refunds")
  @Operation(hidden = true)
  public Uni<Response> refund(@Context HttpHeaders headers, byte[] body) {
    return money(Kind.REFUND, headers, body);
  }

  @POST
  @Path("/transfers")
  @Operation(hidden = true)
  public Uni<Response> transfer(@Context HttpHeaders headers, byte[] body) {
    return answer(
        CallerToken.anonymous(withdrawals)
            .handleTransferNotification(
                HandleTransferNotificationRequest.newBuilder()
                    .putAllHeaders(signature(headers))
                    .setBody(bytes(body))
                    .build()));
  }

  private Uni<Response> money(Kind kind, HttpHeaders headers, byte[] body) {
    return answer(
        CallerToken.anonymous(payments)
            .handleNotification(
                HandleNotificationRequest.newBuilder()
                    .setProvider(Provider.WECHAT_PAY)
                    .setKind(kind)
                    .putAllHeaders(signature(headers))
                    .setBody(bytes(body))
                    .build()));
  }

  private static ByteString bytes(byte[] body) {
    return body == null ? ByteString.EMPTY : ByteString.copyFrom(body);
  }

  private static Map<String, String> signature(HttpHeaders headers) {
    Map<String, String> passed = new HashMap<>();
    headers
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String key = name.toLowerCase(Locale.ROOT);
              if (key.startsWith(SIGNATURE_HEADERS) || key.equals("content-type")) {
                passed.put(key, first(values));
              }
            });
    return passed;
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.get(0);
  }

  private static Uni<Response> answer(Uni<?> handled) {
    return handled
        .map(done -> Response.noContent().build())
        .onFailure(StatusRuntimeException.class)
        .recoverWithItem(failure -> refused(RemoteProblems.of((StatusRuntimeException) failure)));
  }

  private static Response refused(Problem problem) {
    LOG.warnf("a message of WeChat Pay was not taken: %s %s", problem.status(), problem.reason());
    return Response.status(problem.status())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new Refusal("FAIL", problem.reason()))
        .build();
  }

  /** The form in which WeChat Pay wants to hear no. */
  public record Refusal(String code, String message) {}
}
