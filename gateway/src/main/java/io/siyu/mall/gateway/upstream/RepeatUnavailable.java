package io.siyu.mall.gateway.upstream;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.grpc.api.ChannelBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcClientConfiguration;
import io.siyu.mall.proto.catalog.v1.CatalogOuterClass;
import io.siyu.mall.proto.catalog.v1.StockOuterClass;
import io.siyu.mall.proto.common.v1.Events;
import io.siyu.mall.proto.common.v1.Reconciliation;
import io.siyu.mall.proto.cps.v1.Cps;
import io.siyu.mall.proto.distributor.v1.DistributorOuterClass;
import io.siyu.mall.proto.distributor.v1.LedgerOuterClass;
import io.siyu.mall.proto.membership.v1.Membership;
import io.siyu.mall.proto.order.v1.Aftersale;
import io.siyu.mall.proto.order.v1.OrderOuterClass;
import io.siyu.mall.proto.order.v1.PaymentOuterClass;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * UNAVAILABLE is answered by trying again, a little later, where sending a call twice does no harm.
 */
@Singleton
public class RepeatUnavailable implements ChannelBuilderCustomizer<NettyChannelBuilder> {

  /** Those that declare services; a test compares them with the whole contract. */
  static final List<FileDescriptor> FILES =
      List.of(
          CatalogOuterClass.getDescriptor(),
          StockOuterClass.getDescriptor(),
          OrderOuterClass.getDescriptor(),
          PaymentOuterClass.getDescriptor(),
          Aftersale.getDescriptor(),
          DistributorOuterClass.getDescriptor(),
          LedgerOuterClass.getDescriptor(),
          Membership.getDescriptor(),
          Cps.getDescriptor(),
          Events.getDescriptor(),
          Reconciliation.getDescriptor());

  private static final double ATTEMPTS = 3;
  private static final int METADATA_BYTES = 64 * 1024;

  @Override
  public Map<String, Object> customize(
      String name, GrpcClientConfiguration config, NettyChannelBuilder builder) {
    builder.maxInboundMetadataSize(METADATA_BYTES);
    Map<String, Object> policy =
        Map.of(
            "maxAttempts",
            ATTEMPTS,
            "initialBackoff",
            "0.1s",
            "maxBackoff",
            "1s",
            "backoffMultiplier",
            2.0,
            "retryableStatusCodes",
            List.of("UNAVAILABLE"));
    return Map.of("methodConfig", List.of(Map.of("name", repeatable(), "retryPolicy", policy)));
  }

  private static List<Map<String, Object>> repeatable() {
    List<Map<String, Object>> names = new ArrayList<>();
    for (FileDescriptor file : FILES) {
      file.getServices().stream()
          .flatMap(service -> service.getMethods().stream())
          .filter(Calls::isRepeatable)
          .map(RepeatUnavailable::nameOf)
          .forEach(names::add);
    }
    return names;
  }

  private static Map<String, Object> nameOf(MethodDescriptor method) {
    return Map.of("service", method.getService().getFullName(), "method", method.getName());
  }
}
