package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.address;
import static io.siyu.mall.membership.rpc.Calls.members;
import static io.siyu.mall.membership.rpc.Calls.refused;
import static io.siyu.mall.membership.rpc.Calls.requestId;
import static io.siyu.mall.membership.rpc.Calls.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.BindPhoneRequest;
import io.siyu.mall.proto.membership.v1.GetAddressRequest;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.SaveAddressRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who can write to the database still cannot have a stranger's data shown as their own. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class CopiedCellsRpcTest {

  @Inject Pool pool;

  @Test
  void anAddressOpensInItsOwnRowColumnAndAccountOnly() {
    Session victim = signIn();
    Session thief = signIn();
    UUID wanted = save(victim);
    for (String column : List.of("receiver_sealed", "phone_sealed", "place_sealed")) {
      UUID copy = save(thief);
      UUID sibling = save(victim);
      copy("addresses", column, wanted, column, copy);
      refused("INTERNAL", () -> get(thief, copy));
      copy("addresses", column, wanted, column, sibling);
      refused("INTERNAL", () -> get(victim, sibling));
    }
    UUID swapped = save(victim);
    copy("addresses", "phone_sealed", swapped, "receiver_sealed", swapped);
    refused("INTERNAL", () -> get(victim, swapped));
    assertEquals(address().getPhone(), get(victim, wanted).getPhone());
    execute(
        "UPDATE addresses SET member_id = (SELECT member_id FROM sessions WHERE id = ?)"
            + " WHERE id = ?",
        session(thief),
        wanted);
    refused("INTERNAL", () -> get(thief, wanted));
  }

  @Test
  void aPhoneOpensForItsMemberOnly() {
    Session victim = signInWithPhone("13611110001");
    Session thief = signInWithPhone("13611110002");
    copy("members", "phone_sealed", id(victim), "phone_sealed", id(thief));
    assertEquals("136****0001", me(victim));
    refused("INTERNAL", () -> me(thief));
    execute("UPDATE members SET phone_sealed = NULL WHERE id = ?", id(thief));
  }

  @Test
  void aStoredAnswerOpensForItsRequestOnly() {
    Session victim = signIn();
    SaveAddressRequest first = request();
    SaveAddressRequest second = request();
    members(victim).saveAddress(first);
    members(victim).saveAddress(second);
    execute(
        "UPDATE stored_request a JOIN stored_request b ON b.request_id = ?"
            + " SET a.response = b.response WHERE a.request_id = ?",
        first.getRequestId(),
        second.getRequestId());
    members(victim).saveAddress(first);
    refused("INTERNAL", () -> members(victim).saveAddress(second));
  }

  private void copy(String table, String from, UUID source, String to, UUID target) {
    execute(
        "UPDATE %s a JOIN %s b ON b.id = ? SET a.%s = b.%s WHERE a.id = ?"
            .formatted(table, table, to, from),
        source,
        target);
  }

  private void execute(String sql, Object... params) {
    int rows =
        pool.withConnection(c -> SqlTransaction.of(c).execute(sql, params)).await().indefinitely();
    assertEquals(1, rows, sql);
  }

  private static SaveAddressRequest request() {
    return SaveAddressRequest.newBuilder().setRequestId(requestId()).setAddress(address()).build();
  }

  private static UUID save(Session session) {
    return UUID.fromString(members(session).saveAddress(request()).getAddressId());
  }

  private static Address get(Session session, UUID id) {
    return members(session)
        .getAddress(GetAddressRequest.newBuilder().setAddressId(id.toString()).build());
  }

  private static String me(Session session) {
    return members(session).getMe(GetMeRequest.getDefaultInstance()).getPhoneMasked();
  }

  private static UUID id(Session session) {
    return UUID.fromString(session.getMember().getMemberId());
  }

  private UUID session(Session session) {
    return pool.withConnection(
            c ->
                SqlTransaction.of(c)
                    .select("SELECT id FROM sessions WHERE member_id = ?", id(session)))
        .await()
        .indefinitely()
        .get(0)
        .uuid(0);
  }

  private static Session signInWithPhone(String phone) {
    String persona = Calls.persona();
    MembershipEnvironment.weChat().persona(persona, phone, "某人");
    Session session = signIn(persona);
    members(session)
        .bindPhone(
            BindPhoneRequest.newBuilder()
                .setRequestId(requestId())
                .setPhoneCode(MembershipEnvironment.weChat().phoneCode(persona))
                .build());
    return session;
  }
}
