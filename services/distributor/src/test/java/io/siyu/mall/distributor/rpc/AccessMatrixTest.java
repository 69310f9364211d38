package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Channel;
import io.grpc.stub.AbstractStub;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.AccessContract;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Events;
import io.siyu.mall.proto.distributor.v1.CommissionRulesGrpc;
import io.siyu.mall.proto.distributor.v1.CreateInviteRequest;
import io.siyu.mall.proto.distributor.v1.CreateRuleRequest;
import io.siyu.mall.proto.distributor.v1.DistributorOuterClass;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.EndRuleRequest;
import io.siyu.mall.proto.distributor.v1.ExplainCommissionRequest;
import io.siyu.mall.proto.distributor.v1.GetBalanceRequest;
import io.siyu.mall.proto.distributor.v1.GetDistributorRequest;
import io.siyu.mall.proto.distributor.v1.GetRuleRequest;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.Invite;
import io.siyu.mall.proto.distributor.v1.LedgerOuterClass;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.ListInvitesRequest;
import io.siyu.mall.proto.distributor.v1.ListPostingsRequest;
import io.siyu.mall.proto.distributor.v1.ListRulesRequest;
import io.siyu.mall.proto.distributor.v1.ListWithdrawalsRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.ReviseRuleRequest;
import io.siyu.mall.proto.distributor.v1.RuleScope;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every RPC × every kind of caller, and nothing of one distributor to another. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class AccessMatrixTest {

  @Test
  void everyMethodForEveryCaller() {
    String ruleId = rules(TestTokens.staff(Role.PLATFORM_ADMIN)).createRule(rule()).getRuleId();
    String code = invite(TestTokens.staff(Role.BRAND_ADMIN, Cast.BRAND)).getInviteCode();
    List<String> wrong =
        AccessContract.ofBrands(Cast.BRAND, "another")
            .services(DistributorOuterClass.getDescriptor().getServices())
            .services(LedgerOuterClass.getDescriptor().getServices())
            .services(Events.getDescriptor().getServices())
            .call("Distributors/CreateInvite", AccessMatrixTest::invite)
            .call(
                "Distributors/ListInvites",
                t ->
                    stub(t, DistributorsGrpc::newBlockingStub)
                        .listInvites(ListInvitesRequest.newBuilder().setPageSize(100).build())
                        .getInvitesList()
                        .stream()
                        .filter(one -> one.getInviteCode().equals(code))
                        .count())
            .call("CommissionRules/CreateRule", t -> rules(t).createRule(rule()))
            .call(
                "CommissionRules/ReviseRule",
                // Of a version that is not the newest: a refusal of what, not of who.
                t ->
                    rules(t)
                        .reviseRule(
                            ReviseRuleRequest.newBuilder()
                                .setRequestId(Cast.id())
                                .setRuleId(ruleId)
                                .setVersion(99)
                                .setDirectTerms(Cast.rate(100))
                                .build()))
            .call(
                "CommissionRules/EndRule",
                t ->
                    rules(t)
                        .endRule(
                            EndRuleRequest.newBuilder()
                                .setRequestId(Cast.id())
                                .setRuleId(ruleId)
                                .setVersion(99)
                                .build()))
            .call(
                "CommissionRules/GetRule",
                t -> rules(t).getRule(GetRuleRequest.newBuilder().setRuleId(ruleId).build()))
            .call(
                "CommissionRules/ListRules",
                t ->
                    rules(t)
                        .listRules(ListRulesRequest.newBuilder().setBrandCode(Cast.BRAND).build())
                        .getRulesCount())
            .wrong();
    assertEquals(List.of(), wrong);
  }

  /** For goods that nobody else has, so that many rules may be made. */
  private static CreateRuleRequest rule() {
    return CreateRuleRequest.newBuilder()
        .setRequestId(Cast.id())
        .setScope(
            RuleScope.newBuilder().setType(RuleScope.Type.SKU).setId(UUID.randomUUID().toString()))
        .setBrandCode(Cast.BRAND)
        .setDirectTerms(Cast.rate(100))
        .setUplineTerms(Cast.rate(10))
        .build();
  }

  private static Invite invite(String token) {
    return stub(token, DistributorsGrpc::newBlockingStub)
        .createInvite(
            CreateInviteRequest.newBuilder()
                .setRequestId(Cast.id())
                .setUses(1)
                .setBrandCode(Cast.BRAND)
                .build());
  }

  private static CommissionRulesGrpc.CommissionRulesBlockingStub rules(String token) {
    return stub(token, CommissionRulesGrpc::newBlockingStub);
  }

  private static <S extends AbstractStub<S>> S stub(String token, Function<Channel, S> stub) {
    return token.isEmpty() ? TestGrpc.anonymous(stub) : TestGrpc.as(token, stub);
  }

  @Test
  void nothingOfOneDistributorIsAnothers() {
    Seller anna = Cast.seller();
    Seller bella = Cast.seller();
    Cast.earn(anna, 10_000);
    String commission =
        anna.ledger()
            .listCommissions(ListCommissionsRequest.getDefaultInstance())
            .getCommissions(0)
            .getCommissionId();
    String withdrawal =
        anna.withdrawals()
            .requestWithdrawal(
                RequestWithdrawalRequest.newBuilder()
                    .setRequestId(Cast.id())
                    .setAmount(Cast.fen(1_000))
                    .build())
            .getWithdrawalId();
    String annasId = anna.id().toString();
    refused(
        "COMMISSION_NOT_FOUND",
        () ->
            bella
                .ledger()
                .explainCommission(
                    ExplainCommissionRequest.newBuilder().setCommissionId(commission).build()));
    refused(
        "WITHDRAWAL_NOT_FOUND",
        () ->
            bella
                .withdrawals()
                .getWithdrawal(
                    GetWithdrawalRequest.newBuilder().setWithdrawalId(withdrawal).build()));
    refused(
        "STAFF_REQUIRED",
        () ->
            bella
                .distributors()
                .getDistributor(
                    GetDistributorRequest.newBuilder().setDistributorId(annasId).build()));
    assertEquals(
        bella.id().toString(),
        bella
            .ledger()
            .getBalance(GetBalanceRequest.newBuilder().setDistributorId(annasId).build())
            .getDistributorId());
    assertEquals(
        0,
        bella
            .ledger()
            .listCommissions(ListCommissionsRequest.newBuilder().setDistributorId(annasId).build())
            .getCommissionsCount());
    assertEquals(
        0,
        bella
            .ledger()
            .listPostings(ListPostingsRequest.newBuilder().setDistributorId(annasId).build())
            .getPostingsCount());
    assertEquals(
        0,
        bella
            .withdrawals()
            .listWithdrawals(ListWithdrawalsRequest.newBuilder().setDistributorId(annasId).build())
            .getWithdrawalsCount());
  }
}
