package io.siyu.mall.cps.attribution;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.cps.v1.AddSharePolicyRequest;
import io.siyu.mall.proto.cps.v1.ListSharePoliciesRequest;
import io.siyu.mall.proto.cps.v1.ListSharePoliciesResponse;
import io.siyu.mall.proto.cps.v1.SharePolicies;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/** Share policies on the wire, for staff. */
@GrpcService
public class SharePolicyGrpc implements SharePolicies {

  private final SharePolicyCommands commands;
  private final SharePolicyQueries queries;
  private final Idempotency idempotency;

  SharePolicyGrpc(
      SharePolicyCommands commands, SharePolicyQueries queries, Idempotency idempotency) {
    this.commands = commands;
    this.queries = queries;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<ListSharePoliciesResponse> listSharePolicies(ListSharePoliciesRequest request) {
    return queries
        .list(request.getPageSize(), request.getPageToken())
        .map(
            page ->
                ListSharePoliciesResponse.newBuilder()
                    .addAllPolicies(page.policies().stream().map(SharePolicyGrpc::view).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.cps.v1.SharePolicy> addSharePolicy(AddSharePolicyRequest request) {
    Caller caller = Caller.current();
    List<ShareStep> steps = steps(request.getStepsList());
    return idempotency.onceSql(
        RequestKey.of("cps.AddSharePolicy", request.getRequestId(), request),
        io.siyu.mall.proto.cps.v1.SharePolicy.parser(),
        connection ->
            commands
                .add(
                    SqlTransaction.of(connection),
                    ProtoTime.from(request.getEffectiveFrom()),
                    steps,
                    request.getReplacesVersionsList(),
                    caller.key(),
                    request.getNote())
                .map(SharePolicyGrpc::view));
  }

  private static List<ShareStep> steps(List<io.siyu.mall.proto.cps.v1.ShareStep> wanted) {
    List<ShareStep> steps = new ArrayList<>(wanted.size());
    for (var step : wanted) {
      steps.add(
          new ShareStep(
              steps.size() + 1,
              ProtoMoney.from("steps.from", step.getFrom()),
              step.getDirectBasisPoints(),
              step.getUplineBasisPoints()));
    }
    return steps;
  }

  private static io.siyu.mall.proto.cps.v1.SharePolicy view(SharePolicyCommands.Added added) {
    return view(added.policy()).toBuilder()
        .addAllReplacedVersions(Timeline.numbers(added.replaced()))
        .build();
  }

  private static io.siyu.mall.proto.cps.v1.SharePolicy view(SharePolicy policy) {
    return io.siyu.mall.proto.cps.v1.SharePolicy.newBuilder()
        .setVersion(policy.version())
        .setEffectiveFrom(ProtoTime.to(policy.effectiveFrom()))
        .addAllSteps(policy.steps().stream().map(SharePolicyGrpc::view).toList())
        .setCreatedBy(policy.createdBy())
        .setCreatedAt(ProtoTime.to(policy.createdAt()))
        .setNote(policy.note())
        .build();
  }

  private static io.siyu.mall.proto.cps.v1.ShareStep view(ShareStep step) {
    return io.siyu.mall.proto.cps.v1.ShareStep.newBuilder()
        .setStep(step.step())
        .setFrom(ProtoMoney.to(step.from()))
        .setDirectBasisPoints(step.directBasisPoints())
        .setUplineBasisPoints(step.uplineBasisPoints())
        .build();
  }
}
