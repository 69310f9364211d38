package io.siyu.mall.membership.merge;

import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.identity.AsThisService;
import io.siyu.mall.proto.distributor.v1.HasSeatRequest;
import io.siyu.mall.proto.distributor.v1.HasSeatResponse;
import io.siyu.mall.proto.distributor.v1.MutinyDistributorsGrpc.MutinyDistributorsStub;
import io.siyu.mall.proto.order.v1.HasOrdersRequest;
import io.siyu.mall.proto.order.v1.HasOrdersResponse;
import io.siyu.mall.proto.order.v1.MutinyOrdersGrpc.MutinyOrdersStub;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Asks order and distributor, as this service: the other member of the two does not call. */
@ApplicationScoped
public class GrpcHistory implements History {

  /** The reason when nobody knows whether there is history. */
  static final String UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE";

  private static final Logger LOG = Logger.getLogger(GrpcHistory.class);

  private final MutinyOrdersStub orders;
  private final MutinyDistributorsStub distributors;

  GrpcHistory(
      @GrpcClient("order") MutinyOrdersStub orders,
      @GrpcClient("distributor") MutinyDistributorsStub distributors,
      AsThisService asThisService) {
    this.orders = orders.withInterceptors(asThisService);
    this.distributors = distributors.withInterceptors(asThisService);
  }

  @Override
  public Uni<Boolean> elsewhere(MemberId member) {
    Uni<Boolean> ordered =
        orders
            .hasOrders(HasOrdersRequest.newBuilder().setMemberId(member.toString()).build())
            .map(HasOrdersResponse::getHasOrders);
    Uni<Boolean> seated =
        distributors
            .hasSeat(HasSeatRequest.newBuilder().setMemberId(member.toString()).build())
            .map(HasSeatResponse::getHasSeat);
    return ordered
        .flatMap(has -> has ? Uni.createFrom().item(true) : seated)
        // Whatever the other side says is no answer to the member's own request.
        .onFailure(StatusRuntimeException.class)
        .transform(
            failure -> {
              LOG.warnf("another service did not tell of a member's history: %s", failure);
              return new DomainException(
                  Kind.UNAVAILABLE, UPSTREAM_UNAVAILABLE, "a part of the platform did not answer");
            });
  }
}
