package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.address;
import static io.siyu.mall.membership.rpc.Calls.atOnce;
import static io.siyu.mall.membership.rpc.Calls.members;
import static io.siyu.mall.membership.rpc.Calls.refused;
import static io.siyu.mall.membership.rpc.Calls.requestId;
import static io.siyu.mall.membership.rpc.Calls.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.platform.error.RemoteError;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.error.Violation;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.DeleteAddressRequest;
import io.siyu.mall.proto.membership.v1.GetAddressRequest;
import io.siyu.mall.proto.membership.v1.ListAddressesRequest;
import io.siyu.mall.proto.membership.v1.SaveAddressRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class AddressesRpcTest {

  @Inject Pool pool;

  @Test
  void savedOnceForARepeatedRequest() {
    Session session = signIn();
    SaveAddressRequest request = save(address());
    Address saved = members(session).saveAddress(request);
    assertTrue(saved.getIsDefault());
    assertEquals(saved, members(session).saveAddress(request));
    assertEquals(1, list(session).size());
    assertEquals(saved, get(session, saved.getAddressId()));
  }

  @Test
  void theListIsMaskedAndBeginsWithTheDefault() {
    Session session = signIn();
    members(session).saveAddress(save(address()));
    Address second =
        members(session).saveAddress(save(address().setReceiverName("李雷").setIsDefault(true)));
    List<Address> list = list(session);
    assertEquals(2, list.size());
    assertEquals(second.getAddressId(), list.get(0).getAddressId());
    assertTrue(list.get(0).getIsDefault());
    assertFalse(list.get(1).getIsDefault());
    for (Address masked : list) {
      assertEquals("138****5678", masked.getPhone());
      assertFalse(masked.toString().contains("漕溪"));
      assertEquals("徐汇区", masked.getDistrict());
    }
  }

  @Test
  void changedAndDeleted() {
    Session session = signIn();
    Address saved = members(session).saveAddress(save(address()));
    Address moved =
        members(session)
            .saveAddress(save(address().setAddressId(saved.getAddressId()).setDetail("新地址 1 号")));
    assertEquals("新地址 1 号", get(session, saved.getAddressId()).getDetail());
    assertTrue(moved.getIsDefault());
    DeleteAddressRequest delete =
        DeleteAddressRequest.newBuilder()
            .setRequestId(requestId())
            .setAddressId(saved.getAddressId())
            .build();
    members(session).deleteAddress(delete);
    members(session).deleteAddress(delete);
    assertTrue(list(session).isEmpty());
    refused("ADDRESS_UNKNOWN", () -> get(session, saved.getAddressId()));
  }

  @Test
  void whatIsSomebodyElsesIsNotThere() {
    Session owner = signIn();
    Session other = signIn();
    Address saved = members(owner).saveAddress(save(address()));
    refused("ADDRESS_UNKNOWN", () -> get(other, saved.getAddressId()));
    refused(
        "ADDRESS_UNKNOWN",
        () -> members(other).saveAddress(save(address().setAddressId(saved.getAddressId()))));
    members(other)
        .deleteAddress(
            DeleteAddressRequest.newBuilder()
                .setRequestId(requestId())
                .setAddressId(saved.getAddressId())
                .build());
    assertEquals(saved, get(owner, saved.getAddressId()));
  }

  @Test
  void neverMoreThanTwentyEvenAtOnce() throws Exception {
    Session session = signIn();
    for (int i = 0; i < 18; i++) {
      members(session).saveAddress(save(address()));
    }
    Callable<String> call =
        () -> {
          try {
            return members(session).saveAddress(save(address())).getAddressId();
          } catch (StatusRuntimeException e) {
            return RemoteErrors.from(e).reason();
          }
        };
    List<String> answers = atOnce(Collections.nCopies(5, call));
    assertEquals(3, Collections.frequency(answers, "ADDRESS_LIMIT"), answers.toString());
    assertEquals(20, list(session).size());
    assertEquals(1, list(session).stream().filter(Address::getIsDefault).count());
  }

  @Test
  void everythingWrongIsNamedAtOnceAndNothingIsSaved() {
    Session session = signIn();
    RemoteError error =
        refused(
            "INVALID_ARGUMENT",
            () ->
                members(session)
                    .saveAddress(save(address().clearPhone().clearReceiverName().clearCity())));
    assertEquals(
        List.of("address.receiver_name", "address.phone", "address.city"),
        error.violations().stream().map(Violation::field).toList());
    refused("INVALID_ARGUMENT", () -> members(session).saveAddress(save(address().setPhone("12"))));
    refused(
        "INVALID_ARGUMENT", () -> members(session).saveAddress(save(address().setDetail("a\nb"))));
    refused(
        "INVALID_ARGUMENT", () -> members(session).saveAddress(save(address().setAddressId("x"))));
    assertTrue(list(session).isEmpty());
  }

  @Test
  void nothingOfItLiesInTheDatabaseInClear() {
    Session session = signIn();
    members(session)
        .saveAddress(
            save(address().setReceiverName("藏名字").setPhone("13700001234").setDetail("藏地址")));
    List<String> stored = new ArrayList<>();
    for (String sql :
        List.of(
            "SELECT CONCAT(receiver_sealed, phone_sealed, place_sealed) FROM addresses",
            "SELECT CONVERT(response USING utf8mb4) FROM stored_request")) {
      for (Row row : pool.query(sql).execute().await().atMost(Duration.ofSeconds(10))) {
        stored.add(String.valueOf(row.getString(0)));
      }
    }
    assertFalse(stored.isEmpty());
    for (String text : stored) {
      assertFalse(text.contains("13700001234") || text.contains("藏名字") || text.contains("藏地址"));
    }
  }

  private static SaveAddressRequest save(Address.Builder address) {
    return SaveAddressRequest.newBuilder().setRequestId(requestId()).setAddress(address).build();
  }

  private static List<Address> list(Session session) {
    return members(session)
        .listAddresses(ListAddressesRequest.getDefaultInstance())
        .getAddressesList();
  }

  private static Address get(Session session, String id) {
    return members(session).getAddress(GetAddressRequest.newBuilder().setAddressId(id).build());
  }
}
