package io.siyu.mall.order;

import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.OTHER_BRAND;
import static io.siyu.mall.order.fixture.Shop.line;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.order.fixture.Shop;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.AccessContract;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Events;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.order.v1.AfterSaleCase;
import io.siyu.mall.proto.order.v1.AfterSaleKind;
import io.siyu.mall.proto.order.v1.AfterSalesGrpc;
import io.siyu.mall.proto.order.v1.Aftersale;
import io.siyu.mall.proto.order.v1.ApproveCaseRequest;
import io.siyu.mall.proto.order.v1.CancelCaseRequest;
import io.siyu.mall.proto.order.v1.CancelTradeRequest;
import io.siyu.mall.proto.order.v1.ChangeAddressRequest;
import io.siyu.mall.proto.order.v1.CheckoutsGrpc;
import io.siyu.mall.proto.order.v1.ConfirmReceiptRequest;
import io.siyu.mall.proto.order.v1.CorrectParcelRequest;
import io.siyu.mall.proto.order.v1.DecideArbitrationRequest;
import io.siyu.mall.proto.order.v1.EscalateCaseRequest;
import io.siyu.mall.proto.order.v1.GetCaseRequest;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.GetTradeRequest;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest;
import io.siyu.mall.proto.order.v1.HasOrdersRequest;
import io.siyu.mall.proto.order.v1.ListCasesRequest;
import io.siyu.mall.proto.order.v1.ListOrderFactsRequest;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.ListPaymentsRequest;
import io.siyu.mall.proto.order.v1.ListRefundsRequest;
import io.siyu.mall.proto.order.v1.OpenCaseRequest;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderOuterClass;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.PayRefundOtherwiseRequest;
import io.siyu.mall.proto.order.v1.PaymentOuterClass;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import io.siyu.mall.proto.order.v1.PlaceTradeRequest;
import io.siyu.mall.proto.order.v1.PreviewCheckoutRequest;
import io.siyu.mall.proto.order.v1.Provider;
import io.siyu.mall.proto.order.v1.ReceiveReturnRequest;
import io.siyu.mall.proto.order.v1.RedirectRefundRequest;
import io.siyu.mall.proto.order.v1.RefuseReturnRequest;
import io.siyu.mall.proto.order.v1.RejectCaseRequest;
import io.siyu.mall.proto.order.v1.ReshipRequest;
import io.siyu.mall.proto.order.v1.RetryRefundRequest;
import io.siyu.mall.proto.order.v1.SendReturnRequest;
import io.siyu.mall.proto.order.v1.StartPaymentRequest;
import io.siyu.mall.proto.order.v1.SyncPaymentRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint × everybody, about an order of brand miaomiao that is not the other member's. A
 * cell says what the caller gets: "in" (passed every check of who), or the reason of the refusal.
 */
@QuarkusTest
class AccessTest extends OrderServiceTest {

  private static final List<String> WHO =
      List.of(
          "nobody",
          "member",
          "other member",
          "brand-admin",
          "brand-operator",
          "other brand",
          "platform-admin",
          "finance",
          "auditor",
          "mentor",
          "service");
  private static final String SIGN_IN = "SIGN_IN_REQUIRED";
  private static final String MEMBER = "MEMBER_REQUIRED";
  private static final String STAFF = "STAFF_REQUIRED";
  private static final String ROLE = "ROLE_REQUIRED";
  private static final String ORDER = "ORDER_NOT_FOUND";
  private static final String TRADE = "TRADE_NOT_FOUND";
  private static final String CASE = "AFTER_SALE_CASE_NOT_FOUND";
  private static final String PARCEL = "PARCEL_NOT_FOUND";
  private static final String IN = "in";

  private interface Call {
    Object as(String token);
  }

  private record Endpoint(String service, String name, Call call, List<String> expected) {}

  private final List<Endpoint> endpoints = new ArrayList<>();
  private String service;
  private Order order;
  private AfterSaleCase open;

  @Test
  void everyEndpointForEverybody() {
    order = shop.buy(line(shop.neighbours.sku(BRAND, 1_000, 9), 2)).getOrders(0);
    open = shop.open(order, 0, 1, AfterSaleKind.REFUND_ONLY);
    checkouts();
    orders();
    corrections();
    payments();
    afterSales();
    assertEquals(allMethods(), new TreeSet<>(endpoints.stream().map(Endpoint::name).toList()));
    Map<String, String> tokens = tokens();
    List<String> wrong = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      for (int i = 0; i < WHO.size(); i++) {
        String got = outcome(endpoint.call(), tokens.get(WHO.get(i)));
        if (!got.equals(endpoint.expected().get(i))) {
          wrong.add(endpoint.name() + " by " + WHO.get(i) + ": " + got);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyMethodAsTheContractSaysAndEveryPairOfRoles() {
    order = shop.buy(line(shop.neighbours.sku(BRAND, 1_000, 9), 2)).getOrders(0);
    open = shop.open(order, 0, 1, AfterSaleKind.REFUND_ONLY);
    checkouts();
    orders();
    corrections();
    payments();
    afterSales();
    AccessContract contract =
        AccessContract.ofBrands(BRAND, OTHER_BRAND)
            .services(OrderOuterClass.getDescriptor().getServices())
            .services(PaymentOuterClass.getDescriptor().getServices())
            .services(Aftersale.getDescriptor().getServices())
            .services(Events.getDescriptor().getServices());
    for (Endpoint endpoint : endpoints) {
      contract.call(
          endpoint.service() + "/" + endpoint.name(),
          token -> ofTheOrder(endpoint.call(), token.isEmpty() ? null : token));
    }
    assertEquals(List.of(), contract.wrong());
  }

  /** A parcel that the order has not is missing to those alone who reach the order. */
  private static Object ofTheOrder(Call call, String token) {
    try {
      return call.as(token);
    } catch (StatusRuntimeException e) {
      if (RemoteErrors.from(e).reason().equals(PARCEL)) {
        return 1;
      }
      throw e;
    }
  }

  private void checkouts() {
    service = "Checkouts";
    // Checks of the request come after those of who asks, so a bad request shows that one is in.
    List<String> membersOnly = members(IN, IN);
    add(
        "PreviewCheckout",
        t -> checkouts(t).previewCheckout(PreviewCheckoutRequest.getDefaultInstance()),
        membersOnly);
    add(
        "PlaceTrade",
        t -> checkouts(t).placeTrade(PlaceTradeRequest.getDefaultInstance()),
        membersOnly);
    add(
        "GetTrade",
        t ->
            checkouts(t)
                .getTrade(GetTradeRequest.newBuilder().setTradeId(order.getTradeId()).build()),
        members(IN, TRADE));
    add(
        "CancelTrade",
        t ->
            checkouts(t)
                .cancelTrade(
                    CancelTradeRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setTradeId(order.getTradeId())
                        .build()),
        members(IN, TRADE));
  }

  private void orders() {
    service = "Orders";
    add(
        "GetOrder",
        t ->
            orders(t).getOrder(GetOrderRequest.newBuilder().setOrderId(order.getOrderId()).build()),
        read(ORDER));
    add(
        "ListOrders",
        t ->
            orders(t)
                .listOrders(ListOrdersRequest.newBuilder().setOrderNo(order.getOrderNo()).build())
                .getOrdersCount(),
        List.of(SIGN_IN, "1", "0", "1", "1", "0", "1", "1", "1", ROLE, STAFF));
    add(
        "HasOrders",
        t ->
            orders(t)
                .hasOrders(HasOrdersRequest.newBuilder().setMemberId(order.getMemberId()).build()),
        WHO.stream().map(who -> who.equals("nobody") ? SIGN_IN : "SERVICE_REQUIRED").toList());
    add(
        "ConfirmReceipt",
        t ->
            orders(t)
                .confirmReceipt(
                    ConfirmReceiptRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setOrderId(order.getOrderId())
                        .build()),
        members(IN, ORDER));
    add(
        "ShipParcel",
        // The line is under refund: a refusal of what, not of who.
        t -> orders(t).shipParcel(Shop.shipping(order).build()),
        sellers(ORDER));
  }

  private void corrections() {
    add(
        "CorrectParcel",
        t ->
            orders(t)
                .correctParcel(
                    CorrectParcelRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setOrderId(order.getOrderId())
                        .setParcelId(order.getOrderId())
                        .setCarrier("x")
                        .setTrackingNumber("1")
                        .setReason("x")
                        .build()),
        List.of(SIGN_IN, STAFF, STAFF, PARCEL, PARCEL, ORDER, PARCEL, ROLE, ROLE, ROLE, STAFF));
    add(
        "ChangeAddress",
        t ->
            orders(t)
                .changeAddress(
                    ChangeAddressRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setOrderId(order.getOrderId())
                        .setAddress(Shop.ADDRESS)
                        .setReason("x")
                        .build()),
        List.of(SIGN_IN, IN, ORDER, IN, IN, ORDER, IN, ROLE, ROLE, ROLE, STAFF));
  }

  private void payments() {
    service = "Payments";
    add(
        "StartPayment",
        t ->
            payments(t)
                .startPayment(
                    StartPaymentRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setProvider(Provider.WECHAT_PAY)
                        .setTradeId(order.getTradeId())
                        .setOpenid(shop.openid)
                        .build()),
        members(IN, TRADE));
    add(
        "HandleNotification",
        t ->
            payments(t)
                .handleNotification(
                    HandleNotificationRequest.newBuilder()
                        .setProvider(Provider.WECHAT_PAY)
                        .setKind(HandleNotificationRequest.Kind.PAYMENT)
                        .build()),
        WHO.stream().map(w -> "NOTIFICATION_NOT_GENUINE").toList());
    add(
        "SyncPayment",
        t ->
            payments(t)
                .syncPayment(
                    SyncPaymentRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setTradeId(order.getTradeId())
                        .build()),
        members(IN, TRADE));
    add(
        "ListPayments",
        t -> payments(t).listPayments(ListPaymentsRequest.getDefaultInstance()),
        List.of(SIGN_IN, STAFF, STAFF, ROLE, ROLE, ROLE, IN, IN, IN, ROLE, STAFF));
    add(
        "ListRefunds",
        t -> payments(t).listRefunds(ListRefundsRequest.getDefaultInstance()),
        List.of(SIGN_IN, STAFF, STAFF, ROLE, ROLE, ROLE, IN, IN, IN, ROLE, STAFF));
    add(
        "RetryRefund",
        t -> payments(t).retryRefund(RetryRefundRequest.newBuilder().setRefundId("x").build()),
        List.of(SIGN_IN, STAFF, STAFF, ROLE, ROLE, ROLE, IN, IN, ROLE, ROLE, STAFF));
    List<String> financeAlone =
        List.of(SIGN_IN, STAFF, STAFF, ROLE, ROLE, ROLE, ROLE, IN, ROLE, ROLE, STAFF);
    add(
        "PayRefundOtherwise",
        t ->
            payments(t)
                .payRefundOtherwise(
                    PayRefundOtherwiseRequest.newBuilder().setRefundId("x").build()),
        financeAlone);
    add(
        "RedirectRefund",
        t ->
            payments(t).redirectRefund(RedirectRefundRequest.newBuilder().setRefundId("x").build()),
        financeAlone);
    List<String> allSeeing =
        List.of(SIGN_IN, STAFF, STAFF, ROLE, ROLE, ROLE, IN, IN, IN, ROLE, STAFF);
    add("Reconcile", t -> payments(t).reconcile(ReconcileRequest.getDefaultInstance()), allSeeing);
    add(
        "ListOrderFacts",
        t -> payments(t).listOrderFacts(ListOrderFactsRequest.getDefaultInstance()),
        allSeeing);
  }

  private void afterSales() {
    service = "AfterSales";
    add(
        "OpenCase",
        t ->
            cases(t)
                .openCase(
                    OpenCaseRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setOrderId(order.getOrderId())
                        .setOrderLineId(order.getLines(0).getOrderLineId())
                        // Far too many: a refusal of what, not of who.
                        .setQuantity(99)
                        .setKind(io.siyu.mall.proto.order.v1.AfterSaleKind.REFUND_ONLY)
                        .setReasonCode("X")
                        .build()),
        List.of(SIGN_IN, IN, ORDER, IN, ROLE, ORDER, IN, ROLE, ROLE, ROLE, STAFF));
    add(
        "GetCase",
        t -> cases(t).getCase(GetCaseRequest.newBuilder().setCaseId(open.getCaseId()).build()),
        read(CASE));
    add(
        "ListCases",
        t ->
            cases(t)
                .listCases(ListCasesRequest.newBuilder().setOrderId(order.getOrderId()).build())
                .getCasesCount(),
        List.of(SIGN_IN, "1", "0", "1", "1", "0", "1", "1", "1", ROLE, STAFF));
    add(
        "SendReturn",
        t ->
            cases(t)
                .sendReturn(
                    SendReturnRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setCaseId(open.getCaseId())
                        .setCarrier("x")
                        .setTrackingNumber("1")
                        .build()),
        members(IN, CASE));
    add(
        "EscalateCase",
        t ->
            cases(t)
                .escalateCase(
                    EscalateCaseRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setCaseId(open.getCaseId())
                        .build()),
        members(IN, CASE));
    add(
        "ReceiveReturn",
        t ->
            cases(t)
                .receiveReturn(
                    ReceiveReturnRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setCaseId(open.getCaseId())
                        .build()),
        sellers(CASE));
    add(
        "RefuseReturn",
        t ->
            cases(t)
                .refuseReturn(
                    RefuseReturnRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setCaseId(open.getCaseId())
                        .setReason("x")
                        .addEvidenceUrls("https://img.example/1")
                        .build()),
        sellers(CASE));
    add(
        "Reship",
        t -> cases(t).reship(ReshipRequest.newBuilder().setCaseId(open.getCaseId()).build()),
        sellers(CASE));
    add(
        "DecideArbitration",
        t ->
            cases(t)
                .decideArbitration(
                    DecideArbitrationRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setCaseId(open.getCaseId())
                        .setReason("x")
                        .build()),
        List.of(SIGN_IN, STAFF, STAFF, ROLE, ROLE, ROLE, IN, ROLE, ROLE, ROLE, STAFF));
    add(
        "RejectCase",
        t ->
            cases(t)
                .rejectCase(
                    RejectCaseRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setCaseId(open.getCaseId())
                        .setReason("x")
                        .build()),
        sellers(CASE));
    add(
        "ApproveCase",
        t ->
            cases(t)
                .approveCase(
                    ApproveCaseRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setCaseId(open.getCaseId())
                        .build()),
        sellers(CASE));
    add(
        "CancelCase",
        t ->
            cases(t)
                .cancelCase(
                    CancelCaseRequest.newBuilder()
                        .setRequestId(Shop.requestId())
                        .setCaseId(open.getCaseId())
                        .build()),
        members(IN, CASE));
  }

  private static List<String> members(String own, String foreign) {
    return List.of(
        SIGN_IN, own, foreign, MEMBER, MEMBER, MEMBER, MEMBER, MEMBER, MEMBER, MEMBER, MEMBER);
  }

  private static List<String> sellers(String foreign) {
    return List.of(SIGN_IN, STAFF, STAFF, IN, IN, foreign, IN, ROLE, ROLE, ROLE, STAFF);
  }

  private static List<String> read(String notFound) {
    return List.of(SIGN_IN, IN, notFound, IN, IN, notFound, IN, IN, IN, ROLE, STAFF);
  }

  private void add(String name, Call call, List<String> expected) {
    assertEquals(WHO.size(), expected.size(), name);
    endpoints.add(new Endpoint(service, name, call, expected));
  }

  /** A refusal that is not about who asks counts as in. */
  private static String outcome(Call call, String token) {
    try {
      Object answer = call.as(token);
      return answer instanceof Integer count ? count.toString() : IN;
    } catch (StatusRuntimeException e) {
      String reason = RemoteErrors.from(e).reason();
      boolean who =
          reason.endsWith("_REQUIRED") || reason.endsWith("_FOUND") || reason.endsWith("GENUINE");
      return who ? reason : IN;
    }
  }

  private Map<String, String> tokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("nobody", null);
    tokens.put("member", shop.token);
    tokens.put("other member", new Shop().token);
    tokens.put("brand-admin", TestTokens.staff(Role.BRAND_ADMIN, BRAND));
    tokens.put("brand-operator", TestTokens.staff(Role.BRAND_OPERATOR, BRAND));
    tokens.put("other brand", TestTokens.staff(Role.BRAND_ADMIN, OTHER_BRAND));
    tokens.put("platform-admin", TestTokens.staff(Role.PLATFORM_ADMIN));
    tokens.put("finance", TestTokens.staff(Role.FINANCE));
    tokens.put("auditor", TestTokens.staff(Role.AUDITOR));
    tokens.put("mentor", TestTokens.staff(Role.MENTOR));
    tokens.put("service", TestTokens.service("catalog"));
    return tokens;
  }

  /** What the contract offers; a new endpoint without a row here fails the test. */
  private static TreeSet<String> allMethods() {
    TreeSet<String> names = new TreeSet<>();
    Stream.of(
            CheckoutsGrpc.getServiceDescriptor(),
            OrdersGrpc.getServiceDescriptor(),
            PaymentsGrpc.getServiceDescriptor(),
            AfterSalesGrpc.getServiceDescriptor())
        .map(ServiceDescriptor::getMethods)
        .forEach(methods -> methods.forEach(m -> names.add(m.getBareMethodName())));
    return names;
  }

  private static <S extends io.grpc.stub.AbstractStub<S>> S stub(
      String token, Function<io.grpc.Channel, S> stub) {
    return token == null ? TestGrpc.anonymous(stub) : TestGrpc.as(token, stub);
  }

  private static CheckoutsGrpc.CheckoutsBlockingStub checkouts(String token) {
    return stub(token, CheckoutsGrpc::newBlockingStub);
  }

  private static OrdersGrpc.OrdersBlockingStub orders(String token) {
    return stub(token, OrdersGrpc::newBlockingStub);
  }

  private static PaymentsGrpc.PaymentsBlockingStub payments(String token) {
    return stub(token, PaymentsGrpc::newBlockingStub);
  }

  private static AfterSalesGrpc.AfterSalesBlockingStub cases(String token) {
    return stub(token, AfterSalesGrpc::newBlockingStub);
  }
}
