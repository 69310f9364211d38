package io.siyu.mall.membership.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.EventSinkGrpc;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.membership.v1.BindPhoneRequest;
import io.siyu.mall.proto.membership.v1.DeleteAddressRequest;
import io.siyu.mall.proto.membership.v1.GetAddressRequest;
import io.siyu.mall.proto.membership.v1.GetGrowthRequest;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.GetMemberRequest;
import io.siyu.mall.proto.membership.v1.GetMyOpenidRequest;
import io.siyu.mall.proto.membership.v1.ListAddressesRequest;
import io.siyu.mall.proto.membership.v1.ListGrowthEntriesRequest;
import io.siyu.mall.proto.membership.v1.ListMembersRequest;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.membership.v1.MembersGrpc.MembersBlockingStub;
import io.siyu.mall.proto.membership.v1.SaveAddressRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.SessionsGrpc;
import io.siyu.mall.proto.membership.v1.UpdateMeRequest;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every endpoint with every kind of caller; an endpoint that is missing here fails the test. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class AccessRpcTest {

  private static final Set<String> MEMBER = Set.of("member");
  private static final Set<String> LOOKS_AFTER =
      Set.of("PLATFORM_ADMIN", "MENTOR", "AUDITOR", "service");
  private static final Set<String> LISTS = Set.of("PLATFORM_ADMIN", "MENTOR", "AUDITOR");
  private static final Set<String> BOOKS =
      Set.of("PLATFORM_ADMIN", "FINANCE", "AUDITOR", "service");

  private record Endpoint(Set<String> allowed, Consumer<MembersBlockingStub> call) {}

  @Test
  void everyEndpointForEveryCaller() {
    Session member = Calls.signIn();
    Map<String, Endpoint> endpoints = endpoints(member.getMember().getMemberId());
    assertEquals(
        MembersGrpc.getServiceDescriptor().getMethods().stream()
            .map(method -> method.getBareMethodName())
            .collect(Collectors.toSet()),
        endpoints.keySet());
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("member", member.getAccessToken());
    tokens.put("service", TestTokens.service("order"));
    for (Role role : Role.values()) {
      if (role != Role.SERVICE) {
        tokens.put(role.name(), TestTokens.staff(role, "miaomiao"));
      }
    }
    endpoints.forEach(
        (name, endpoint) -> {
          assertEquals(
              Status.Code.UNAUTHENTICATED,
              outcome(TestGrpc.anonymous(MembersGrpc::newBlockingStub), endpoint),
              name);
          Set<String> passed = new LinkedHashSet<>();
          tokens.forEach(
              (caller, token) -> {
                Status.Code code = outcome(Calls.members(token), endpoint);
                assertNotEquals(Status.Code.UNAUTHENTICATED, code, name + " " + caller);
                assertNotEquals(Status.Code.INTERNAL, code, name + " " + caller);
                if (code != Status.Code.PERMISSION_DENIED) {
                  passed.add(caller);
                }
              });
          assertEquals(endpoint.allowed(), passed, name);
        });
  }

  @Test
  void signingInNeedsNoTokenAndEventsNeedAService() {
    assertEquals(
        Set.of("SignIn", "RefreshSession", "SignOut"),
        SessionsGrpc.getServiceDescriptor().getMethods().stream()
            .map(method -> method.getBareMethodName())
            .collect(Collectors.toSet()));
    for (String token :
        new String[] {Calls.signIn().getAccessToken(), TestTokens.staff(Role.PLATFORM_ADMIN)}) {
      StatusRuntimeException failure =
          org.junit.jupiter.api.Assertions.assertThrows(
              StatusRuntimeException.class,
              () ->
                  TestGrpc.as(token, EventSinkGrpc::newBlockingStub)
                      .deliver(DeliverRequest.getDefaultInstance()));
      assertEquals(Status.Code.PERMISSION_DENIED, failure.getStatus().getCode());
    }
  }

  @Test
  void ofAMemberOnlyThatMemberIsShown() {
    Session one = Calls.signIn();
    Session two = Calls.signIn();
    assertTrue(
        Stream.of(one, two)
            .allMatch(
                session ->
                    Calls.members(session)
                        .getMe(GetMeRequest.getDefaultInstance())
                        .getMemberId()
                        .equals(session.getMember().getMemberId())));
  }

  private static Map<String, Endpoint> endpoints(String memberId) {
    Map<String, Endpoint> all = new LinkedHashMap<>();
    all.put("GetMe", of(MEMBER, m -> m.getMe(GetMeRequest.getDefaultInstance())));
    all.put("UpdateMe", of(MEMBER, m -> m.updateMe(UpdateMeRequest.getDefaultInstance())));
    all.put("BindPhone", of(MEMBER, m -> m.bindPhone(BindPhoneRequest.getDefaultInstance())));
    all.put("GetMyOpenid", of(MEMBER, m -> m.getMyOpenid(GetMyOpenidRequest.getDefaultInstance())));
    all.put(
        "ListAddresses",
        of(MEMBER, m -> m.listAddresses(ListAddressesRequest.getDefaultInstance())));
    all.put("SaveAddress", of(MEMBER, m -> m.saveAddress(SaveAddressRequest.getDefaultInstance())));
    all.put(
        "DeleteAddress",
        of(MEMBER, m -> m.deleteAddress(DeleteAddressRequest.getDefaultInstance())));
    all.put("GetAddress", of(MEMBER, m -> m.getAddress(GetAddressRequest.getDefaultInstance())));
    all.put(
        "GetMember",
        of(
            LOOKS_AFTER,
            m -> m.getMember(GetMemberRequest.newBuilder().setMemberId(memberId).build())));
    all.put("ListMembers", of(LISTS, m -> m.listMembers(ListMembersRequest.getDefaultInstance())));
    Set<String> growth =
        Stream.concat(LOOKS_AFTER.stream(), MEMBER.stream()).collect(Collectors.toSet());
    all.put(
        "GetGrowth",
        of(growth, m -> m.getGrowth(GetGrowthRequest.newBuilder().setMemberId(memberId).build())));
    all.put(
        "ListGrowthEntries",
        of(
            growth,
            m ->
                m.listGrowthEntries(
                    ListGrowthEntriesRequest.newBuilder().setMemberId(memberId).build())));
    all.put("Reconcile", of(BOOKS, m -> m.reconcile(ReconcileRequest.getDefaultInstance())));
    all.put(
        "VerifyOrders", of(BOOKS, m -> m.verifyOrders(VerifyOrdersRequest.getDefaultInstance())));
    return all;
  }

  private static Endpoint of(Set<String> allowed, Consumer<MembersBlockingStub> call) {
    return new Endpoint(allowed, call);
  }

  private static Status.Code outcome(MembersBlockingStub stub, Endpoint endpoint) {
    try {
      endpoint.call().accept(stub);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
