package io.siyu.mall.distributor.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.CommissionTerms;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.DeliverResponse;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.EventSinkGrpc;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.common.v1.Money;
import io.siyu.mall.proto.distributor.v1.ApplyRequest;
import io.siyu.mall.proto.distributor.v1.ApproveApplicationRequest;
import io.siyu.mall.proto.distributor.v1.Balance;
import io.siyu.mall.proto.distributor.v1.CreateInviteRequest;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc.DistributorsBlockingStub;
import io.siyu.mall.proto.distributor.v1.GetBalanceRequest;
import io.siyu.mall.proto.distributor.v1.LedgerGrpc;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.WithdrawalsGrpc;
import io.siyu.mall.proto.order.v1.EventLine;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.siyu.mall.proto.order.v1.OrderReceived;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;

/** People of the tests and what happens to them, through the real stubs. */
final class Cast {

  static final String BRAND = "miaomiao";
  static final UUID BRAND_ID = UUID.fromString("0198aaaa-0000-7000-8000-000000000001");

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Cast() {}

  /** A member who became an active distributor. */
  record Seller(UUID member, UUID id, String openid) {
    String token() {
      return TestTokens.member(member);
    }

    LedgerGrpc.LedgerBlockingStub ledger() {
      return TestGrpc.as(token(), LedgerGrpc::newBlockingStub);
    }

    SharingGrpc.SharingBlockingStub sharing() {
      return TestGrpc.as(token(), SharingGrpc::newBlockingStub);
    }

    WithdrawalsGrpc.WithdrawalsBlockingStub withdrawals() {
      return TestGrpc.as(token(), WithdrawalsGrpc::newBlockingStub);
    }

    DistributorsBlockingStub distributors() {
      return TestGrpc.as(token(), DistributorsGrpc::newBlockingStub);
    }

    Balance balance() {
      return ledger().getBalance(GetBalanceRequest.getDefaultInstance());
    }
  }

  static String id() {
    return UUID.randomUUID().toString();
  }

  static DistributorsBlockingStub admin() {
    return TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), DistributorsGrpc::newBlockingStub);
  }

  static WithdrawalsGrpc.WithdrawalsBlockingStub finance() {
    return TestGrpc.as(TestTokens.staff(Role.FINANCE), WithdrawalsGrpc::newBlockingStub);
  }

  static String inviteBy(DistributorsBlockingStub inviter) {
    return inviter
        .createInvite(CreateInviteRequest.newBuilder().setRequestId(id()).setUses(50).build())
        .getInviteCode();
  }

  static ApplyRequest application(String code) {
    int number = NUMBER.incrementAndGet();
    return ApplyRequest.newBuilder()
        .setRequestId(id())
        .setInviteCode(code)
        .setDisplayName("小店" + number)
        .setRealName("王小" + number)
        .setPhone("138%08d".formatted(number))
        .setOpenid(DistributorEnvironment.weChatPay().openid("店主" + number))
        .build();
  }

  /** An active distributor without upline. */
  static Seller seller() {
    return sellerInvitedBy(admin());
  }

  /** An active distributor recruited by another. */
  static Seller sellerUnder(Seller upline) {
    return sellerInvitedBy(upline.distributors());
  }

  /** A member who is no distributor, perhaps no more, becomes one without upline. */
  static Seller sellerAgain(UUID member) {
    return sellerInvitedBy(admin(), member);
  }

  private static Seller sellerInvitedBy(DistributorsBlockingStub inviter) {
    return sellerInvitedBy(inviter, UUID.randomUUID());
  }

  private static Seller sellerInvitedBy(DistributorsBlockingStub inviter, UUID member) {
    ApplyRequest application = application(inviteBy(inviter));
    Distributor applied =
        TestGrpc.as(TestTokens.member(member), DistributorsGrpc::newBlockingStub)
            .apply(application);
    Distributor active =
        admin()
            .approveApplication(
                ApproveApplicationRequest.newBuilder()
                    .setRequestId(id())
                    .setDistributorId(applied.getDistributorId())
                    .build());
    return new Seller(member, UUID.fromString(active.getDistributorId()), application.getOpenid());
  }

  static Money fen(long fen) {
    return Money.newBuilder().setCurrencyCode("CNY").setMinorUnits(fen).build();
  }

  static CommissionTerms rate(int basisPoints) {
    return CommissionTerms.newBuilder().setBasisPoints(basisPoints).build();
  }

  static LineAttribution credited(UUID direct, UUID upline, int directPoints, int uplinePoints) {
    return LineAttribution.newBuilder()
        .setReason(LineAttribution.Reason.BINDING)
        .setDistributorId(direct.toString())
        .setUplineId(upline == null ? "" : upline.toString())
        .setBindingId(id())
        .setPolicyVersion(1)
        .setRuleId(id())
        .setRuleVersion(1)
        .setDirectTerms(rate(directPoints))
        .setUplineTerms(rate(uplinePoints))
        .setExplanation("会员绑定分销员；适用品牌佣金规则第 1 版。")
        .build();
  }

  /** An order of one line. */
  record Order(UUID id, UUID line, UUID member, long quantity, long paid) {

    static Order of(long quantity, long paid) {
      return new Order(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), quantity, paid);
    }

    OrderPaid paid(LineAttribution attribution, Instant at) {
      return OrderPaid.newBuilder()
          .setOrderId(id.toString())
          .setOrderNo("NO" + id.toString().substring(0, 8))
          .setTradeId(Cast.id())
          .setMemberId(member.toString())
          .setBrandId(BRAND_ID.toString())
          .setBrandCode(BRAND)
          .setPaid(fen(paid))
          .setPlacedAt(ProtoTime.to(at))
          .setPaidAt(ProtoTime.to(at))
          .addLines(
              EventLine.newBuilder()
                  .setOrderLineId(line.toString())
                  .setSkuId(Cast.id())
                  .setProductId(Cast.id())
                  .setTitle("婴儿湿巾")
                  .setQuantity(quantity)
                  .setPaid(fen(paid))
                  .setAttribution(attribution))
          .build();
    }

    OrderReceived received(Instant at) {
      return OrderReceived.newBuilder()
          .setOrderId(id.toString())
          .setMemberId(member.toString())
          .setReceivedAt(ProtoTime.to(at))
          .setAfterSaleUntil(ProtoTime.to(at.plusSeconds(7 * 86_400)))
          .build();
    }

    OrderCompleted completed(Instant at) {
      return OrderCompleted.newBuilder()
          .setOrderId(id.toString())
          .setMemberId(member.toString())
          .setCompletedAt(ProtoTime.to(at))
          .build();
    }
  }

  /** An event of the order service, under a new id. */
  static Event event(Message payload, UUID aggregate) {
    return Event.newBuilder()
        .setEventId(id())
        .setType(payload.getDescriptorForType().getFullName())
        .setAggregateType("order")
        .setAggregateId(aggregate.toString())
        .setSequence(1)
        .setOccurredAt(ProtoTime.to(Instant.parse("2026-05-01T00:00:00Z")))
        .setPayload(Any.pack(payload))
        .build();
  }

  static DeliverResponse deliver(Event... events) {
    // A type comes from the service in whose package it is declared.
    String sender = events[0].getType().split("\\.")[1];
    return TestGrpc.as(TestTokens.service(sender), EventSinkGrpc::newBlockingStub)
        .deliver(DeliverRequest.newBuilder().addAllEvents(List.of(events)).build());
  }

  static void accepted(Event... events) {
    deliver(events)
        .getResultsList()
        .forEach(
            result ->
                Assertions.assertTrue(
                    result.getOutcome() == Outcome.ACCEPTED
                        || result.getOutcome() == Outcome.DUPLICATE,
                    result.toString()));
  }

  /** Gives a seller an amount that can be withdrawn, by an order that ran its course. */
  static Order earn(Seller seller, long availableFen) {
    Order order = Order.of(1, availableFen * 10);
    Instant now = Instant.parse("2026-05-01T00:00:00Z");
    accepted(
        event(order.paid(credited(seller.id(), null, 1_000, 0), now), order.id()),
        event(order.received(now.plusSeconds(60)), order.id()),
        event(order.completed(now.plusSeconds(120)), order.id()));
    return order;
  }
}
