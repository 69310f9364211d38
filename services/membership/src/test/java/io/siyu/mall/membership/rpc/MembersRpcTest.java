package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.members;
import static io.siyu.mall.membership.rpc.Calls.persona;
import static io.siyu.mall.membership.rpc.Calls.refused;
import static io.siyu.mall.membership.rpc.Calls.requestId;
import static io.siyu.mall.membership.rpc.Calls.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.membership.v1.BindPhoneRequest;
import io.siyu.mall.proto.membership.v1.BindPhoneResponse;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.GetMemberRequest;
import io.siyu.mall.proto.membership.v1.GetMyOpenidRequest;
import io.siyu.mall.proto.membership.v1.ListMembersRequest;
import io.siyu.mall.proto.membership.v1.ListMembersResponse;
import io.siyu.mall.proto.membership.v1.Member;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.UpdateMeRequest;
import io.siyu.mall.sandbox.SandboxClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class MembersRpcTest {

  private static final String ADMIN = TestTokens.staff(Role.PLATFORM_ADMIN);

  private final SandboxClient weChat = MembershipEnvironment.weChat();

  @AfterEach
  void behave() {
    weChat.reset();
  }

  @Test
  void theProfileChangesOnceForARepeatedRequest() {
    Session session = signIn();
    UpdateMeRequest request =
        UpdateMeRequest.newBuilder()
            .setRequestId(requestId())
            .setVersion(session.getMember().getVersion())
            .setNickname("小明妈妈")
            .setAvatarUrl("https://img.example/a.png")
            .build();
    Member changed = members(session).updateMe(request);
    assertEquals("小明妈妈", changed.getNickname());
    assertEquals(session.getMember().getVersion() + 1, changed.getVersion());
    assertEquals(changed, members(session).updateMe(request));
    assertEquals(changed, members(session).getMe(GetMeRequest.getDefaultInstance()));

    refused(
        "STALE_VERSION",
        () ->
            members(session)
                .updateMe(request.toBuilder().setRequestId(requestId()).setNickname("x").build()));
    refused(
        "INVALID_ARGUMENT",
        () ->
            members(session)
                .updateMe(
                    request.toBuilder()
                        .setRequestId(requestId())
                        .setVersion(changed.getVersion())
                        .setNickname(" ")
                        .build()));
    assertEquals(changed, members(session).getMe(GetMeRequest.getDefaultInstance()));
  }

  @Test
  void whoIsNoMemberHasNoProfile() {
    String stranger = TestTokens.member(UUID.randomUUID());
    refused("MEMBER_UNKNOWN", () -> members(stranger).getMe(GetMeRequest.getDefaultInstance()));
    refused(
        "NO_OPENID", () -> members(stranger).getMyOpenid(GetMyOpenidRequest.getDefaultInstance()));
    refused(
        "MEMBER_UNKNOWN",
        () ->
            members(stranger)
                .updateMe(
                    UpdateMeRequest.newBuilder()
                        .setRequestId(requestId())
                        .setNickname("x")
                        .build()));
  }

  @Test
  void thePhoneIsBoundOnceAndShownMasked() {
    String persona = personaWithPhone("13912340001");
    Session session = signIn(persona);
    BindPhoneRequest request = bind(persona);
    BindPhoneResponse bound = members(session).bindPhone(request);
    assertEquals(BindPhoneResponse.Outcome.BOUND, bound.getOutcome());
    assertEquals("139****0001", bound.getMember().getPhoneMasked());
    assertEquals(bound, members(session).bindPhone(request));
    // Another code of the same person changes nothing.
    assertEquals(bound, members(session).bindPhone(bind(persona)));
  }

  @Test
  void aPhoneCodeThatIsNoneOrUsedIsSaidSo() {
    String persona = personaWithPhone("13912340003");
    Session session = signIn(persona);
    refused(
        "WECHAT_CODE_INVALID",
        () -> members(session).bindPhone(bind(persona).toBuilder().setPhoneCode("none").build()));
    BindPhoneRequest request = bind(persona);
    members(session).bindPhone(request);
    refused(
        "WECHAT_CODE_USED",
        () -> members(session).bindPhone(request.toBuilder().setRequestId(requestId()).build()));
    refused(
        "INVALID_ARGUMENT",
        () -> members(session).bindPhone(bind(persona).toBuilder().clearPhoneCode().build()));
  }

  @Test
  void staffFindMembersByNameAndByWholePhone() {
    String prefix = "搜" + UUID.randomUUID().toString().substring(0, 6);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Session session = signIn();
      rename(session, prefix + i);
      ids.add(session.getMember().getMemberId());
    }
    List<String> found = new ArrayList<>();
    String token = "";
    do {
      ListMembersResponse page =
          members(ADMIN)
              .listMembers(
                  ListMembersRequest.newBuilder()
                      .setQuery(prefix)
                      .setPageSize(2)
                      .setPageToken(token)
                      .build());
      assertTrue(page.getMembersCount() <= 2);
      page.getMembersList().forEach(member -> found.add(member.getMemberId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertEquals(ids, found);
    assertEquals(0, list(prefix.replace("搜", "%")).getMembersCount());

    String persona = personaWithPhone("13912340004");
    Session session = signIn(persona);
    members(session).bindPhone(bind(persona));
    ListMembersResponse byPhone = list("13912340004");
    assertEquals(1, byPhone.getMembersCount());
    assertEquals("139****0004", byPhone.getMembers(0).getPhoneMasked());
    assertEquals(0, list("1391234").getMembersCount());
  }

  @Test
  void allMembersNewestFirst() {
    signIn();
    String newest = signIn().getMember().getMemberId();
    ListMembersResponse first = page(1, "");
    assertEquals(newest, first.getMembers(0).getMemberId());
    HashSet<String> seen = new HashSet<>();
    String token = "";
    do {
      ListMembersResponse page = page(3, token);
      page.getMembersList().forEach(member -> assertTrue(seen.add(member.getMemberId())));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertTrue(seen.size() >= 2);
    refused("INVALID_ARGUMENT", () -> page(3, "nonsense"));
    refused("INVALID_ARGUMENT", () -> page(-1, ""));
  }

  @Test
  void staffSeeOneMemberMasked() {
    String persona = personaWithPhone("13912340005");
    Session session = signIn(persona);
    Member bound = members(session).bindPhone(bind(persona)).getMember();
    Member seen = members(ADMIN).getMember(member(bound.getMemberId()));
    assertEquals(bound, seen);
    assertFalse(seen.toString().contains("13912340005"));
    assertEquals(
        Status.Code.NOT_FOUND,
        refused(
                "MEMBER_UNKNOWN",
                () -> members(ADMIN).getMember(member(UUID.randomUUID().toString())))
            .code());
    refused("INVALID_ARGUMENT", () -> members(ADMIN).getMember(member("x")));
  }

  private String personaWithPhone(String phone) {
    String persona = persona();
    weChat.persona(persona, phone, null);
    return persona;
  }

  private BindPhoneRequest bind(String persona) {
    return BindPhoneRequest.newBuilder()
        .setRequestId(requestId())
        .setPhoneCode(weChat.phoneCode(persona))
        .build();
  }

  private static void rename(Session session, String nickname) {
    members(session)
        .updateMe(
            UpdateMeRequest.newBuilder()
                .setRequestId(requestId())
                .setVersion(session.getMember().getVersion())
                .setNickname(nickname)
                .build());
  }

  private static ListMembersResponse list(String query) {
    return members(ADMIN).listMembers(ListMembersRequest.newBuilder().setQuery(query).build());
  }

  private static ListMembersResponse page(int size, String token) {
    return members(ADMIN)
        .listMembers(ListMembersRequest.newBuilder().setPageSize(size).setPageToken(token).build());
  }

  private static GetMemberRequest member(String id) {
    return GetMemberRequest.newBuilder().setMemberId(id).build();
  }
}
