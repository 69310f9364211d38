package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.upstream.CallerToken;
import io.siyu.mall.proto.catalog.v1.MutinyStockGrpc.MutinyStockStub;
import io.siyu.mall.proto.common.v1.MutinyEventAdminGrpc.MutinyEventAdminStub;
import io.siyu.mall.proto.cps.v1.MutinyCpsOrdersGrpc.MutinyCpsOrdersStub;
import io.siyu.mall.proto.distributor.v1.MutinyLedgerGrpc.MutinyLedgerStub;
import io.siyu.mall.proto.membership.v1.MutinyMembersGrpc.MutinyMembersStub;
import io.siyu.mall.proto.order.v1.MutinyPaymentsGrpc.MutinyPaymentsStub;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The services that keep books and send events, as the staff member who asks. */
@Singleton
class Books {

  @GrpcClient("catalog")
  MutinyStockStub stock;

  @GrpcClient("order")
  MutinyPaymentsStub payments;

  @GrpcClient("distributor")
  MutinyLedgerStub ledger;

  @GrpcClient("membership")
  MutinyMembersStub members;

  @GrpcClient("cps")
  MutinyCpsOrdersStub outsideOrders;

  @GrpcClient("catalog")
  MutinyEventAdminStub catalogEvents;

  @GrpcClient("order")
  MutinyEventAdminStub orderEvents;

  @GrpcClient("distributor")
  MutinyEventAdminStub distributorEvents;

  @GrpcClient("membership")
  MutinyEventAdminStub membershipEvents;

  @GrpcClient("cps")
  MutinyEventAdminStub cpsEvents;

  MutinyStockStub stock() {
    return CallerToken.carry(stock);
  }

  MutinyPaymentsStub payments() {
    return CallerToken.carry(payments);
  }

  MutinyLedgerStub ledger() {
    return CallerToken.carry(ledger);
  }

  MutinyMembersStub members() {
    return CallerToken.carry(members);
  }

  MutinyCpsOrdersStub outsideOrders() {
    return CallerToken.carry(outsideOrders);
  }

  /** Who may have parked events, by name, in a fixed order. */
  Map<String, MutinyEventAdminStub> events() {
    Map<String, MutinyEventAdminStub> services = new LinkedHashMap<>();
    services.put("catalog", CallerToken.carry(catalogEvents));
    services.put("order", CallerToken.carry(orderEvents));
    services.put("distributor", CallerToken.carry(distributorEvents));
    services.put("membership", CallerToken.carry(membershipEvents));
    services.put("cps", CallerToken.carry(cpsEvents));
    return services;
  }
}
