package io.siyu.mall.order.aftersale;

import com.google.protobuf.Message;
import io.quarkus.grpc.GrpcService;
import io.siyu.mall.order.order.Actors;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.Scope;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.proto.order.v1.AfterSales;
import io.siyu.mall.proto.order.v1.ApproveCaseRequest;
import io.siyu.mall.proto.order.v1.CancelCaseRequest;
import io.siyu.mall.proto.order.v1.DecideArbitrationRequest;
import io.siyu.mall.proto.order.v1.EscalateCaseRequest;
import io.siyu.mall.proto.order.v1.GetCaseRequest;
import io.siyu.mall.proto.order.v1.ListCasesRequest;
import io.siyu.mall.proto.order.v1.ListCasesResponse;
import io.siyu.mall.proto.order.v1.OpenCaseRequest;
import io.siyu.mall.proto.order.v1.ReceiveReturnRequest;
import io.siyu.mall.proto.order.v1.RefuseReturnRequest;
import io.siyu.mall.proto.order.v1.RejectCaseRequest;
import io.siyu.mall.proto.order.v1.ReshipRequest;
import io.siyu.mall.proto.order.v1.SendReturnRequest;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;

/** After-sale cases: by the member, by the brand's staff, by the platform. */
@GrpcService
public class AfterSaleGrpc implements AfterSales {

  private final AfterSaleCommands commands;
  private final AfterSaleQueries queries;
  private final AfterSaleConfig config;
  private final Idempotency idempotency;

  AfterSaleGrpc(
      AfterSaleCommands commands,
      AfterSaleQueries queries,
      AfterSaleConfig config,
      Idempotency idempotency) {
    this.commands = commands;
    this.queries = queries;
    this.config = config;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> openCase(OpenCaseRequest request) {
    Caller caller = Caller.current();
    Scope scope = Scope.of(caller);
    OrderId order = OrderId.parse(request.getOrderId());
    CaseDraft draft = AfterSaleProto.draft(request);
    return idempotency.once(
        RequestKey.of("order.OpenCase", request.getRequestId(), request),
        io.siyu.mall.proto.order.v1.AfterSaleCase.parser(),
        () ->
            commands
                .open(order, draft, scope, caller.isStaff(), Actors.of(caller))
                .chain(id -> answer(id, scope)));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> getCase(GetCaseRequest request) {
    Caller caller = Caller.current();
    return queries
        .get(CaseId.parse(request.getCaseId()), Scope.of(caller))
        .map(view -> AfterSaleProto.of(view, caller.isStaff()));
  }

  @Override
  public Uni<ListCasesResponse> listCases(ListCasesRequest request) {
    Caller caller = Caller.current();
    AfterSaleQueries.Filter filter =
        new AfterSaleQueries.Filter(
            AfterSaleProto.state(request.getState()),
            request.getOrderId().isEmpty() ? null : OrderId.parse(request.getOrderId()),
            caller.isMember() || request.getBrandCode().isEmpty() ? null : request.getBrandCode(),
            PageTokens.decode(request.getPageToken(), 2),
            PageSize.of(request.getPageSize()));
    return queries
        .list(filter, Scope.of(caller))
        .map(
            page ->
                ListCasesResponse.newBuilder()
                    .addAllCases(
                        page.items().stream()
                            .map(view -> AfterSaleProto.of(view, caller.isStaff()))
                            .toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> cancelCase(CancelCaseRequest request) {
    Caller caller = Caller.current().requireMember();
    return step(
        "order.CancelCase",
        request.getRequestId(),
        request,
        request.getCaseId(),
        caller,
        (of, now) -> of.cancel(Actors.of(caller), now));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> sendReturn(SendReturnRequest request) {
    Caller caller = Caller.current().requireMember();
    String carrier = request.getCarrier().strip();
    String number = request.getTrackingNumber().strip();
    Validation.start()
        .required(TextType.CARRIER, "carrier", carrier)
        .required(TextType.TRACKING_NUMBER, "tracking_number", number)
        .check();
    return step(
        "order.SendReturn",
        request.getRequestId(),
        request,
        request.getCaseId(),
        caller,
        (of, now) -> of.sendReturn(carrier, number, Actors.of(caller), now, config.returnCheck()));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> escalateCase(EscalateCaseRequest request) {
    Caller caller = Caller.current().requireMember();
    Validation.start().optional(TextType.NOTE, "note", request.getNote()).check();
    return step(
        "order.EscalateCase",
        request.getRequestId(),
        request,
        request.getCaseId(),
        caller,
        (of, now) -> of.escalate(request.getNote(), Actors.of(caller), now, config.arbitration()));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> approveCase(ApproveCaseRequest request) {
    Caller caller = Caller.current();
    Validation.start().optional(TextType.NOTE, "note", request.getNote()).check();
    return step(
        "order.ApproveCase",
        request.getRequestId(),
        request,
        request.getCaseId(),
        caller,
        (of, now) -> of.approve(request.getNote(), Actors.of(caller), now, config.memberReturn()));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> rejectCase(RejectCaseRequest request) {
    Caller caller = Caller.current();
    Validation.start().required(TextType.REASON, "reason", request.getReason()).check();
    return step(
        "order.RejectCase",
        request.getRequestId(),
        request,
        request.getCaseId(),
        caller,
        (of, now) -> of.reject(request.getReason(), Actors.of(caller), now, config.escalation()));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> receiveReturn(
      ReceiveReturnRequest request) {
    Caller caller = Caller.current();
    return step(
        "order.ReceiveReturn",
        request.getRequestId(),
        request,
        request.getCaseId(),
        caller,
        (of, now) -> of.receiveReturn(request.getRestock(), Actors.of(caller), now));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> refuseReturn(RefuseReturnRequest request) {
    Caller caller = Caller.current();
    Validation.start()
        .required(TextType.REASON, "reason", request.getReason())
        .range("evidence_urls", request.getEvidenceUrlsCount(), 1, Bounds.PICTURES)
        .check();
    return step(
        "order.RefuseReturn",
        request.getRequestId(),
        request,
        request.getCaseId(),
        caller,
        (of, now) ->
            of.refuseReturn(
                request.getReason(),
                request.getEvidenceUrlsList(),
                Actors.of(caller),
                now,
                config.escalation()));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> reship(ReshipRequest request) {
    return queries
        .get(CaseId.parse(request.getCaseId()), Scope.of(Caller.current()))
        .chain(found -> Uni.createFrom().failure(AfterSaleCommands.exchangeNotOffered()));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> decideArbitration(
      DecideArbitrationRequest request) {
    Caller caller = Caller.current();
    Validation.start().required(TextType.REASON, "reason", request.getReason()).check();
    return step(
        "order.DecideArbitration",
        request.getRequestId(),
        request,
        request.getCaseId(),
        caller,
        (of, now) ->
            of.arbitrate(request.getRefund(), request.getReason(), Actors.of(caller), now));
  }

  private Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> step(
      String method,
      String requestId,
      Message request,
      String caseId,
      Caller caller,
      AfterSaleCommands.Step step) {
    CaseId id = CaseId.parse(caseId);
    Scope scope = Scope.of(caller);
    return idempotency.once(
        RequestKey.of(method, requestId, request),
        io.siyu.mall.proto.order.v1.AfterSaleCase.parser(),
        // A case that is not the caller's is not found, whoever's it is.
        () -> queries.get(id, scope).map(view -> new OrderId(view.orderId())),
        order ->
            commands
                .step(order, id, scope, Actors.of(caller), step)
                .chain(() -> answer(id, scope)));
  }

  private Uni<io.siyu.mall.proto.order.v1.AfterSaleCase> answer(CaseId id, Scope scope) {
    boolean staff = !scope.isMembers();
    return queries.written(id, scope).map(view -> AfterSaleProto.of(view, staff));
  }
}
