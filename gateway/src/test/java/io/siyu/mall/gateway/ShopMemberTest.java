package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Api.anonymous;
import static io.siyu.mall.gateway.testing.Api.member;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.distributor.v1.OpenTouchRequest;
import io.siyu.mall.proto.distributor.v1.Share;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.Touch;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.BindPhoneResponse;
import io.siyu.mall.proto.membership.v1.Growth;
import io.siyu.mall.proto.membership.v1.Member;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.membership.v1.SaveAddressRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.SessionsGrpc;
import io.siyu.mall.proto.membership.v1.SignInProvider;
import io.siyu.mall.proto.membership.v1.SignInRequest;
import io.siyu.mall.proto.membership.v1.UpdateMeRequest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@GatewayTest
class ShopMemberTest {

  private static final Map<String, Object> ADDRESS =
      Map.of(
          "receiverName", "林小鹿",
          "phone", "13912345678",
          "province", "浙江省",
          "city", "杭州市",
          "detail", "文三路 1 号",
          "isDefault", true);

  @Test
  void signingInGivesASession() {
    services()
        .on(
            SessionsGrpc.getSignInMethod(),
            r ->
                Session.newBuilder()
                    .setAccessToken("access")
                    .setExpiresInSeconds(900)
                    .setRefreshToken("refresh")
                    .setNewMember(true)
                    .setMember(Member.newBuilder().setMemberId("m1").setLevel(1))
                    .build());
    anonymous()
        .header("Authorization", "Bearer long.since.expired")
        .body(Map.of("provider", "WECHAT_MINI", "code", "c1", "touchId", "t1", "anonymousId", "a1"))
        .post("/shop/v1/sessions")
        .then()
        .statusCode(201)
        .body("accessToken", equalTo("access"))
        .body("expiresIn", equalTo(900))
        .body("member.memberId", equalTo("m1"));
    SignInRequest request = services().request(SessionsGrpc.getSignInMethod());
    assertEquals(SignInProvider.WECHAT_MINI, request.getProvider());
    assertEquals("t1", request.getTouchId());
    assertFalse(request.getRequestId().isEmpty());
    assertNull(services().calls(SessionsGrpc.getSignInMethod()).get(0).authorization());
  }

  @Test
  void aSessionNeedsNoKeyAndBadInputIsNamed() {
    io.restassured.RestAssured.given()
        .contentType("application/json")
        .body(Map.of("refreshToken", "r1"))
        .post("/shop/v1/sessions/refresh")
        .then()
        .statusCode(200);
    problem(
            anonymous().body(Map.of("provider", "WECHAT_MINI")).post("/shop/v1/sessions").then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations.field", hasItem("code"));
    problem(
            anonymous()
                .body(Map.of("provider", "PIGEON", "code", "x"))
                .post("/shop/v1/sessions")
                .then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations[0].field", equalTo("provider"));
  }

  @Test
  void signingOutNamesTheRefreshToken() {
    member()
        .header("Refresh-Token", "r1")
        .delete("/shop/v1/sessions/current")
        .then()
        .statusCode(204);
    assertEquals("r1", services().request(SessionsGrpc.getSignOutMethod()).getRefreshToken());
    problem(member().delete("/shop/v1/sessions/current").then(), 400, "INVALID_ARGUMENT");
  }

  @Test
  void theProfileIsChangedOnlyAtTheVersionThatWasRead() {
    services()
        .on(
            MembersGrpc.getGetMeMethod(),
            r -> Member.newBuilder().setMemberId("m1").setNickname("鹿").setVersion(3).build());
    String etag = member().get("/shop/v1/me").then().statusCode(200).extract().header("ETag");
    assertEquals("\"3\"", etag);
    problem(
        member().body(Map.of("nickname", "小鹿")).patch("/shop/v1/me").then(),
        428,
        "IF_MATCH_REQUIRED");
    problem(
        member()
            .header("If-Match", "newest")
            .body(Map.of("nickname", "小鹿"))
            .patch("/shop/v1/me")
            .then(),
        400,
        "IF_MATCH_INVALID");
    member()
        .header("If-Match", etag)
        .body(Map.of("nickname", "小鹿"))
        .patch("/shop/v1/me")
        .then()
        .statusCode(200);
    UpdateMeRequest request = services().request(MembersGrpc.getUpdateMeMethod());
    assertEquals(3, request.getVersion());
    assertTrue(request.hasNickname());
    assertFalse(request.hasAvatarUrl());
    services()
        .on(
            MembersGrpc.getUpdateMeMethod(),
            r -> {
              throw Refusals.of(Status.Code.ABORTED, "STALE_VERSION", "changed meanwhile");
            });
    problem(
        member().header("If-Match", etag).body(Map.of("nickname", "x")).patch("/shop/v1/me").then(),
        412,
        "STALE_VERSION");
  }

  @Test
  void addressesAreKept() {
    services()
        .on(
            MembersGrpc.getSaveAddressMethod(),
            r -> r.getAddress().toBuilder().setAddressId("a1").build());
    member()
        .body(ADDRESS)
        .post("/shop/v1/me/addresses")
        .then()
        .statusCode(201)
        .body("addressId", equalTo("a1"))
        .body("isDefault", equalTo(true));
    SaveAddressRequest created = services().request(MembersGrpc.getSaveAddressMethod());
    assertEquals("", created.getAddress().getAddressId());
    member().body(ADDRESS).put("/shop/v1/me/addresses/a9").then().statusCode(200);
    assertEquals(
        "a9",
        ((SaveAddressRequest) services().calls(MembersGrpc.getSaveAddressMethod()).get(1).request())
            .getAddress()
            .getAddressId());
    member().delete("/shop/v1/me/addresses/a9").then().statusCode(204);
    services()
        .on(
            MembersGrpc.getGetAddressMethod(),
            r -> Address.newBuilder().setAddressId(r.getAddressId()).setPhone("139").build());
    member().get("/shop/v1/me/addresses/a9").then().body("phone", equalTo("139"));
    member().get("/shop/v1/me/addresses").then().statusCode(200).body("items.size()", equalTo(0));
  }

  @Test
  void everyWrongFieldOfAnAddressIsNamed() {
    Map<String, Object> wrong = new HashMap<>(ADDRESS);
    wrong.remove("city");
    wrong.put("phone", "call me");
    problem(member().body(wrong).post("/shop/v1/me/addresses").then(), 400, "INVALID_ARGUMENT")
        .body("violations.field", hasItem("city"))
        .body("violations.field", hasItem("phone"));
    services()
        .on(
            MembersGrpc.getSaveAddressMethod(),
            r -> {
              throw Refusals.invalid("address.receiver_name", "must not be blank");
            });
    problem(member().body(ADDRESS).post("/shop/v1/me/addresses").then(), 400, "INVALID_ARGUMENT")
        .body("violations[0].field", equalTo("address.receiverName"));
  }

  @Test
  void growthAndPhone() {
    services()
        .on(
            MembersGrpc.getGetGrowthMethod(),
            r -> Growth.newBuilder().setGrowthValue(120).setLevel(2).setNextLevelAt(500).build());
    member()
        .get("/shop/v1/me/growth")
        .then()
        .body("growthValue", equalTo(120))
        .body("nextLevelAt", equalTo(500));
    member().get("/shop/v1/me/growth/entries").then().statusCode(200);
    services()
        .on(
            MembersGrpc.getBindPhoneMethod(),
            r ->
                BindPhoneResponse.newBuilder()
                    .setOutcome(BindPhoneResponse.Outcome.MERGED)
                    .setMember(Member.newBuilder().setMemberId("m2").setVersion(4))
                    .build());
    member()
        .body(Map.of("phoneCode", "pc"))
        .post("/shop/v1/me/phone")
        .then()
        .statusCode(200)
        .header("ETag", "\"4\"")
        .body("outcome", equalTo("MERGED"))
        .body("member.memberId", equalTo("m2"));
    assertEquals("pc", services().request(MembersGrpc.getBindPhoneMethod()).getPhoneCode());
  }

  @Test
  void aTouchIsOpenedByAnybodyAndCarriesTheMembersTokenIfThereIsOne() {
    services()
        .on(
            SharingGrpc.getOpenTouchMethod(),
            r ->
                Touch.newBuilder()
                    .setTouchId("t1")
                    .setAnonymousId("a2")
                    .setShare(
                        Share.newBuilder()
                            .setDistributorId("d1")
                            .setDistributorName("贝贝")
                            .setTarget(
                                ShareTarget.newBuilder()
                                    .setType(ShareTarget.Type.PRODUCT)
                                    .setId("p1")))
                    .build());
    anonymous()
        .body(Map.of("shareCode", "abc", "anonymousId", "a1"))
        .post("/shop/v1/touches")
        .then()
        .statusCode(201)
        .body("touchId", equalTo("t1"))
        .body("anonymousId", equalTo("a2"))
        .body("distributor.displayName", equalTo("贝贝"))
        .body("target.type", equalTo("PRODUCT"))
        .body("target.id", equalTo("p1"));
    OpenTouchRequest request = services().request(SharingGrpc.getOpenTouchMethod());
    assertEquals("a1", request.getAnonymousId());
    String token = Tokens.member();
    anonymous()
        .auth()
        .oauth2(token)
        .body(Map.of("shareCode", "abc"))
        .post("/shop/v1/touches")
        .then()
        .statusCode(201);
    assertEquals(
        "Bearer " + token,
        services().calls(SharingGrpc.getOpenTouchMethod()).get(1).authorization());
  }
}
