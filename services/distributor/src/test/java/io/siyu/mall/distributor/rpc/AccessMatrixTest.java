package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.distributor.v1.DistributorOuterClass;
import io.siyu.mall.proto.distributor.v1.ExplainCommissionRequest;
import io.siyu.mall.proto.distributor.v1.GetBalanceRequest;
import io.siyu.mall.proto.distributor.v1.GetDistributorRequest;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.LedgerOuterClass;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.ListPostingsRequest;
import io.siyu.mall.proto.distributor.v1.ListWithdrawalsRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every RPC × every kind of caller, and nothing of one distributor to another. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class AccessMatrixTest {

  private static final String STAFF = "ADMIN BRAND OPERATOR FINANCE MENTOR AUDITOR";
  private static final String ALL = "ANONYMOUS MEMBER SELLER SERVICE " + STAFF;
  private static final String BOOKS = "SELLER ADMIN FINANCE AUDITOR SERVICE";

  /** Who may call what, by hand. */
  private static final Map<String, String> ALLOWED = new TreeMap<>();

  static {
    ALLOWED.put("Distributors/CreateInvite", "SELLER ADMIN BRAND MENTOR");
    ALLOWED.put("Distributors/ListInvites", "SELLER ADMIN BRAND MENTOR AUDITOR");
    ALLOWED.put("Distributors/Apply", "MEMBER SELLER");
    ALLOWED.put("Distributors/ApproveApplication", "ADMIN BRAND MENTOR");
    ALLOWED.put("Distributors/RejectApplication", "ADMIN BRAND MENTOR");
    ALLOWED.put("Distributors/SuspendDistributor", "ADMIN BRAND MENTOR");
    ALLOWED.put("Distributors/ResumeDistributor", "ADMIN BRAND MENTOR");
    ALLOWED.put("Distributors/CloseDistributor", "ADMIN BRAND MENTOR");
    ALLOWED.put("Distributors/ReassignUpline", "ADMIN");
    ALLOWED.put("Distributors/GetDistributor", "SELLER SERVICE " + STAFF);
    ALLOWED.put("Distributors/GetMyDistributor", "MEMBER SELLER");
    ALLOWED.put("Distributors/ListDistributors", "SERVICE " + STAFF);
    ALLOWED.put("Distributors/ListTeam", "SELLER");
    ALLOWED.put("NameCorrections/RequestNameCorrection", "SELLER");
    ALLOWED.put("NameCorrections/ListNameCorrections", "SELLER ADMIN FINANCE AUDITOR");
    ALLOWED.put("NameCorrections/ApproveNameCorrection", "ADMIN FINANCE");
    ALLOWED.put("NameCorrections/RejectNameCorrection", "ADMIN FINANCE");
    ALLOWED.put("Sharing/CreateShare", "SELLER");
    ALLOWED.put("Sharing/GetShare", ALL);
    ALLOWED.put("Sharing/GetShareStats", "SELLER SERVICE " + STAFF);
    ALLOWED.put("Sharing/OpenTouch", ALL);
    ALLOWED.put("Sharing/BindMember", "ADMIN MENTOR");
    ALLOWED.put("Sharing/ListBindings", "ADMIN MENTOR AUDITOR SERVICE");
    ALLOWED.put("Sharing/ListFans", "SELLER");
    ALLOWED.put("Sharing/Attribute", "SERVICE");
    ALLOWED.put("Sellers/ResolveSellers", "ADMIN FINANCE SERVICE");
    ALLOWED.put("Sellers/RecallSellers", "ADMIN FINANCE AUDITOR SERVICE");
    ALLOWED.put("Sharing/GetAttributionPolicy", "SERVICE " + STAFF);
    ALLOWED.put("Sharing/ChangeAttributionPolicy", "ADMIN");
    ALLOWED.put("CommissionRules/CreateRule", "ADMIN BRAND");
    ALLOWED.put("CommissionRules/ReviseRule", "ADMIN BRAND");
    ALLOWED.put("CommissionRules/EndRule", "ADMIN BRAND");
    ALLOWED.put("CommissionRules/GetRule", "SERVICE " + STAFF);
    ALLOWED.put("CommissionRules/ListRules", "SERVICE " + STAFF);
    ALLOWED.put("Ledger/GetBalance", BOOKS);
    ALLOWED.put("Ledger/ListCommissions", BOOKS);
    ALLOWED.put("Ledger/ExplainCommission", BOOKS);
    ALLOWED.put("Ledger/ListPostings", BOOKS);
    ALLOWED.put("Ledger/Reconcile", "ADMIN FINANCE AUDITOR SERVICE");
    ALLOWED.put("Ledger/VerifyOrders", "ADMIN FINANCE AUDITOR SERVICE");
    ALLOWED.put("Withdrawals/RequestWithdrawal", "SELLER");
    ALLOWED.put("Withdrawals/GetWithdrawal", BOOKS);
    ALLOWED.put("Withdrawals/ListWithdrawals", BOOKS);
    ALLOWED.put("Withdrawals/ApproveWithdrawal", "FINANCE");
    ALLOWED.put("Withdrawals/RejectWithdrawal", "FINANCE");
    ALLOWED.put("Withdrawals/RetryWithdrawal", "FINANCE");
    ALLOWED.put("Withdrawals/GiveUpWithdrawal", "FINANCE");
    ALLOWED.put("Withdrawals/HandleTransferNotification", ALL);
  }

  private static Map<String, String> tokens(Seller seller) {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("ANONYMOUS", "");
    tokens.put("MEMBER", TestTokens.member(UUID.randomUUID()));
    tokens.put("SELLER", seller.token());
    tokens.put("SERVICE", TestTokens.service("order"));
    tokens.put("ADMIN", TestTokens.staff(Role.PLATFORM_ADMIN));
    tokens.put("BRAND", TestTokens.staff(Role.BRAND_ADMIN, Cast.BRAND));
    tokens.put("OPERATOR", TestTokens.staff(Role.BRAND_OPERATOR, Cast.BRAND));
    tokens.put("FINANCE", TestTokens.staff(Role.FINANCE));
    tokens.put("MENTOR", TestTokens.staff(Role.MENTOR));
    tokens.put("AUDITOR", TestTokens.staff(Role.AUDITOR));
    return tokens;
  }

  @Test
  void everyCallerMayDoWhatTheTableSaysAndNothingElse() {
    Map<String, String> tokens = tokens(Cast.seller());
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (MethodDescriptor method : methods().toList()) {
      String name = method.getService().getName() + "/" + method.getName();
      seen.add(name);
      List<String> allowed = List.of(ALLOWED.getOrDefault(name, "").split(" "));
      tokens.forEach(
          (caller, token) -> {
            boolean passed = passes(method, token);
            if (passed != allowed.contains(caller)) {
              wrong.add(name + " by " + caller + (passed ? " passed" : " was refused"));
            }
          });
    }
    assertEquals(List.of(), wrong);
    assertEquals(ALLOWED.keySet(), seen);
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
        "DISTRIBUTOR_NOT_FOUND",
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

  private static Stream<MethodDescriptor> methods() {
    return Stream.concat(
            DistributorOuterClass.getDescriptor().getServices().stream(),
            LedgerOuterClass.getDescriptor().getServices().stream())
        .map(ServiceDescriptor::getMethods)
        .flatMap(List::stream);
  }

  /** Whether the caller got past the door, whatever was said behind it. */
  private static boolean passes(MethodDescriptor method, String token) {
    try {
      Caller stub =
          token.isEmpty() ? TestGrpc.anonymous(Caller::new) : TestGrpc.as(token, Caller::new);
      stub.call(method, request(method));
      return true;
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      return code != Status.Code.UNAUTHENTICATED && code != Status.Code.PERMISSION_DENIED
          || RemoteErrors.from(e).reason().equals("NOTIFICATION_NOT_GENUINE");
    }
  }

  /** Good enough to reach the check of the caller: ids that mean nothing, and a reason. */
  private static Message request(MethodDescriptor method) {
    return filled(method.getInputType(), method.getName().equals("CreateRule"));
  }

  private static DynamicMessage filled(Descriptor type, boolean ofBrand) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (field.isRepeated()) {
        continue;
      }
      String name = field.getName();
      switch (field.getType()) {
        case STRING -> {
          if (name.endsWith("_id") || name.equals("id")) {
            message.setField(field, Cast.id());
          } else if (name.equals("reason")) {
            message.setField(field, "测试");
          } else if (name.equals("currency_code")) {
            message.setField(field, "CNY");
          } else if (name.equals("brand_code") && ofBrand) {
            message.setField(field, Cast.BRAND);
          }
        }
        case ENUM -> message.setField(field, field.getEnumType().getValues().get(1));
        case MESSAGE -> {
          if (!field.getMessageType().getFullName().startsWith("google.")) {
            message.setField(field, filled(field.getMessageType(), ofBrand));
          }
        }
        default -> {
          // Numbers stay what they are.
        }
      }
    }
    return message.build();
  }

  /** Calls any method. */
  private static final class Caller extends AbstractStub<Caller> {

    Caller(Channel channel) {
      this(channel, CallOptions.DEFAULT);
    }

    private Caller(Channel channel, CallOptions options) {
      super(channel, options);
    }

    @Override
    protected Caller build(Channel channel, CallOptions options) {
      return new Caller(channel, options);
    }

    void call(MethodDescriptor method, Message request) {
      io.grpc.MethodDescriptor<Message, Message> wire =
          io.grpc.MethodDescriptor.<Message, Message>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
              .setRequestMarshaller(
                  ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
              .setResponseMarshaller(
                  ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
              .build();
      ClientCalls.blockingUnaryCall(getChannel(), wire, getCallOptions(), request);
    }
  }
}
