package io.siyu.mall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.siyu.mall.proto.common.v1.Access;
import io.siyu.mall.proto.common.v1.Access.Scope;
import io.siyu.mall.proto.common.v1.AccessProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The role matrix of the endpoints and the access options of the methods that they call are one
 * table: an endpoint is open to nobody whom a method behind it refuses, and a method is open to
 * nobody whom no endpoint lets through to it.
 */
class AccessTableTest {

  private static final Map<String, Set<MethodDescriptor>> CALLED = new CalledMethods().byEndpoint();

  /** Endpoints that ask no service. */
  private static final Set<String> OF_THE_GATEWAY =
      Set.of("GET /ping", "GET /admin/v1/clock", "POST /admin/v1/clock/advance");

  private static final List<String> BRANDS_STAFF = List.of("brand-admin", "brand-operator");

  @Test
  void everyMethodSaysWhoMayCallIt() {
    List<String> silent =
        new CalledMethods()
            .all().stream()
                .filter(method -> !method.getOptions().hasExtension(AccessProto.access))
                .map(method -> "method " + method.getFullName() + " has no access option")
                .toList();
    assertEquals(List.of(), silent);
  }

  @Test
  void itIsKnownWhatEachEndpointCalls() {
    CALLED.forEach(
        (endpoint, methods) ->
            assertEquals(OF_THE_GATEWAY.contains(endpoint), methods.isEmpty(), endpoint));
    assertEquals(
        Set.of("mall.membership.v1.Members.GetAddress", "mall.order.v1.Checkouts.PlaceTrade"),
        names("POST /shop/v1/trades"));
    assertTrue(names("GET /admin/v1/reconciliation").size() > 8);
  }

  @Test
  void noEndpointIsOpenToWhomAMethodBehindItRefuses() {
    List<String> wrong = new ArrayList<>();
    for (RoleMatrix.Cell cell : RoleMatrix.cells()) {
      for (MethodDescriptor method : CALLED.get(cell.endpoint())) {
        if (cell.expected().equals("Y") && !allows(method, cell.role())) {
          wrong.add(cell.endpoint() + " lets " + cell.role() + " on to " + method.getFullName());
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void noMethodIsOpenToWhomNoEndpointLetsThrough() {
    List<String> wrong = new ArrayList<>();
    for (MethodDescriptor method : new CalledMethods().all()) {
      List<RoleMatrix.Cell> before =
          RoleMatrix.cells().stream()
              .filter(cell -> CALLED.get(cell.endpoint()).contains(method))
              .toList();
      for (String role : RoleMatrix.roles()) {
        boolean reached =
            before.stream().anyMatch(c -> c.role().equals(role) && c.expected().equals("Y"));
        if (!access(method).getAnybody() && allows(method, role) && !reached) {
          wrong.add(method.getFullName() + " is open to " + role + ", and no endpoint is");
        }
      }
      if (access(method).getServiceCount() > 0 && !before.isEmpty()) {
        wrong.add(method.getFullName() + " is for services, and has an endpoint");
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void theMatrixSaysWhatABrandsStaffGetOfAnotherBrands() {
    List<String> wrong = new ArrayList<>();
    RoleMatrix.anotherBrands()
        .forEach(
            (endpoint, stated) -> {
              String right = anotherBrands(endpoint);
              if (!stated.equals(right)) {
                wrong.add(endpoint + " has " + stated + " of another brand's, not " + right);
              }
            });
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void aDifferenceIsSeen() {
    assertFalse(allows(method("POST /admin/v1/skus/{skuId}/prices"), "brand-operator"));
    assertFalse(allows(method("POST /admin/v1/skus/{skuId}/prices"), "anonymous"));
    assertTrue(allows(method("POST /admin/v1/skus/{skuId}/prices"), "brand-admin"));
    assertEquals("nothing", anotherBrands("POST /admin/v1/skus/{skuId}/prices"));
    assertEquals("public", anotherBrands("GET /admin/v1/products"));
    assertEquals("-", anotherBrands("POST /admin/v1/brands"));
  }

  /**
   * Nothing, where the methods behind it reach as far as the own brand; what is public; or all,
   * where the thing belongs to no brand.
   */
  private static String anotherBrands(String endpoint) {
    boolean lets =
        endpoint.contains(" /admin/")
            && RoleMatrix.cells().stream()
                .anyMatch(
                    cell ->
                        cell.endpoint().equals(endpoint)
                            && BRANDS_STAFF.contains(cell.role())
                            && cell.expected().equals("Y"));
    if (!lets) {
      return "-";
    }
    List<Access> behind = CALLED.get(endpoint).stream().map(AccessTableTest::access).toList();
    boolean all =
        behind.stream()
            .anyMatch(access -> BRANDS_STAFF.stream().anyMatch(r -> scope(access, r) == Scope.ALL));
    return all ? "all" : behind.stream().anyMatch(Access::getAnybody) ? "public" : "nothing";
  }

  private static MethodDescriptor method(String endpoint) {
    return CALLED.get(endpoint).iterator().next();
  }

  private static Set<String> names(String endpoint) {
    return CALLED.get(endpoint).stream()
        .map(MethodDescriptor::getFullName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean allows(MethodDescriptor method, String role) {
    Access access = access(method);
    return access.getAnybody()
        || switch (role) {
          case "anonymous" -> false;
          case "member" -> access.getMember();
          default -> scope(access, role) != Scope.NONE;
        };
  }

  private static Access access(MethodDescriptor method) {
    return method.getOptions().getExtension(AccessProto.access);
  }

  private static Scope scope(Access access, String role) {
    Object scope = access.getField(Access.getDescriptor().findFieldByName(role.replace('-', '_')));
    return Scope.forNumber(((EnumValueDescriptor) scope).getNumber());
  }
}
