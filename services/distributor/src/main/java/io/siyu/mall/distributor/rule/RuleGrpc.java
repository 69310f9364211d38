package io.siyu.mall.distributor.rule;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.distributor.rule.RuleCommands.Validity;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.CommissionRules;
import io.siyu.mall.proto.distributor.v1.CreateRuleRequest;
import io.siyu.mall.proto.distributor.v1.EndRuleRequest;
import io.siyu.mall.proto.distributor.v1.GetRuleRequest;
import io.siyu.mall.proto.distributor.v1.ListRulesRequest;
import io.siyu.mall.proto.distributor.v1.ListRulesResponse;
import io.siyu.mall.proto.distributor.v1.ReviseRuleRequest;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** Commission rules over gRPC: brand staff see and change their brand's, the platform all. */
@GrpcService
public class RuleGrpc implements CommissionRules {

  private final RuleCommands commands;
  private final RuleQueries queries;
  private final Idempotency idempotency;

  RuleGrpc(RuleCommands commands, RuleQueries queries, Idempotency idempotency) {
    this.commands = commands;
    this.queries = queries;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<CommissionRule> createRule(CreateRuleRequest request) {
    Caller caller = Caller.current();
    RuleScope scope = RuleProto.scope(request.getScope(), request.getBrandCode());
    requireWrite(caller, scope);
    RuleTerms terms =
        new RuleTerms(
            RuleProto.terms("direct_terms", request.getDirectTerms()),
            RuleProto.terms("upline_terms", request.getUplineTerms()));
    Validity validity =
        new Validity(
            ProtoTime.from(request.getEffectiveFrom()),
            ProtoTime.from(request.getEffectiveUntil()),
            List.of(),
            request.getNote(),
            caller.subject());
    return idempotency.onceSql(
        RequestKey.of("distributor.CreateRule", request.getRequestId(), request),
        CommissionRule.parser(),
        sql -> commands.create(SqlTransaction.of(sql), scope, terms, validity).map(RuleProto::to));
  }

  @Override
  public Uni<CommissionRule> reviseRule(ReviseRuleRequest request) {
    Caller caller = Caller.current();
    UUID ruleId = ProtoIds.from("rule_id", request.getRuleId());
    RuleTerms terms =
        new RuleTerms(
            RuleProto.terms("direct_terms", request.getDirectTerms()),
            RuleProto.terms("upline_terms", request.getUplineTerms()));
    Validity validity =
        new Validity(
            ProtoTime.from(request.getEffectiveFrom()),
            ProtoTime.from(request.getEffectiveUntil()),
            request.getReplacesVersionsList(),
            request.getNote(),
            caller.subject());
    return idempotency.onceSql(
        RequestKey.of("distributor.ReviseRule", request.getRequestId(), request),
        CommissionRule.parser(),
        () -> writable(caller, ruleId),
        (seen, sql) ->
            commands
                .revise(SqlTransaction.of(sql), seen, request.getVersion(), terms, validity)
                .map(RuleProto::to));
  }

  @Override
  public Uni<CommissionRule> endRule(EndRuleRequest request) {
    Caller caller = Caller.current();
    UUID ruleId = ProtoIds.from("rule_id", request.getRuleId());
    return idempotency.onceSql(
        RequestKey.of("distributor.EndRule", request.getRequestId(), request),
        CommissionRule.parser(),
        () -> writable(caller, ruleId),
        (seen, sql) ->
            commands
                .end(
                    SqlTransaction.of(sql),
                    seen,
                    request.getVersion(),
                    ProtoTime.from(request.getEffectiveUntil()),
                    request.getNote(),
                    caller.subject())
                .map(RuleProto::to));
  }

  @Override
  public Uni<CommissionRule> getRule(GetRuleRequest request) {
    Caller caller = Caller.current();
    return queries
        .get(ProtoIds.from("rule_id", request.getRuleId()), request.getVersion())
        .invoke(rule -> requireRead(caller, rule))
        .map(RuleProto::to);
  }

  @Override
  public Uni<ListRulesResponse> listRules(ListRulesRequest request) {
    Caller caller = Caller.current();
    int size = PageSize.of(request.getPageSize());
    List<String> brands;
    if (request.getBrandCode().isEmpty()) {
      brands = caller.reach().all() ? null : List.copyOf(caller.reach().brandCodes());
    } else {
      caller.requireBrand(request.getBrandCode());
      brands = List.of(request.getBrandCode());
    }
    return queries
        .list(brands, size + 1, request.getPageToken())
        .map(
            rules -> {
              ListRulesResponse.Builder response = ListRulesResponse.newBuilder();
              rules.stream().limit(size).map(RuleProto::to).forEach(response::addRules);
              if (rules.size() > size) {
                response.setNextPageToken(PageTokens.encode(rules.get(size - 1).ruleId()));
              }
              return response.build();
            });
  }

  private Uni<RuleVersion> writable(Caller caller, UUID ruleId) {
    return queries.get(ruleId, 0).invoke(rule -> requireWrite(caller, rule.scope()));
  }

  private static void requireRead(Caller caller, RuleVersion rule) {
    if (!rule.scope().brandCode().isEmpty()) {
      caller.requireBrand(rule.scope().brandCode());
    }
  }

  /** A rule over every brand's goods is the platform's to write. */
  private static void requireWrite(Caller caller, RuleScope scope) {
    if (scope.brandCode().isEmpty()) {
      caller.requireAll();
    } else {
      caller.requireBrand(scope.brandCode());
    }
  }
}
