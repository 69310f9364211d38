package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Outside.services;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.siyu.mall.gateway.RoleMatrix.Cell;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every endpoint × every role, with real tokens. */
@GatewayTest
class RoleMatrixTest {

  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  @Test
  void theTableHasEveryEndpointAndNoOther() {
    assertEquals(List.of(), difference(declared(), inTable()), "missing in the table");
    assertEquals(List.of(), difference(inTable(), declared()), "in the table alone");
  }

  @Test
  void anEndpointThatIsMissingInTheTableIsSeen() {
    Set<String> table = inTable();
    table.remove("POST /shop/v1/trades");
    assertEquals(List.of("POST /shop/v1/trades"), difference(declared(), table));
  }

  @Test
  void everyCellHolds() {
    // A finished order: watching it ends at once.
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> Order.newBuilder().setState(OrderState.COMPLETED).build());
    List<String> wrong =
        RoleMatrix.cells().stream()
            .filter(cell -> !cell.path().startsWith("/admin/v1/clock"))
            .filter(cell -> !holds(cell))
            .map(cell -> cell + " was " + call(cell).statusLine())
            .toList();
    assertEquals("", String.join("\n", wrong));
    assertNotEquals(0, RoleMatrix.cells().size());
  }

  @Test
  void twoRolesMayDoWhatOneOfThemMayAlone() {
    List<String> staff = RoleMatrix.roles().subList(2, RoleMatrix.roles().size());
    Map<String, Map<String, String>> expected =
        RoleMatrix.cells().stream()
            .filter(cell -> cell.path().startsWith("/admin/"))
            .filter(cell -> !cell.path().startsWith("/admin/v1/clock"))
            .collect(
                Collectors.groupingBy(
                    Cell::endpoint, Collectors.toMap(Cell::role, Cell::expected)));
    List<String> wrong = new ArrayList<>();
    for (String one : staff) {
      for (String two : staff.subList(staff.indexOf(one) + 1, staff.size())) {
        String token = Tokens.staff(one, two);
        expected.forEach(
            (endpoint, byRole) -> {
              boolean allowed = byRole.get(one).equals("Y") || byRole.get(two).equals("Y");
              String[] parts = endpoint.split(" ");
              int status = call(parts[0], parts[1], token).statusCode();
              if (allowed == (status == 403)) {
                wrong.add(endpoint + " by " + one + " and " + two + ": " + status);
              }
            });
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  private static Set<String> declared() {
    return RoleMatrix.declared("io.siyu.mall.gateway");
  }

  private static Set<String> inTable() {
    return RoleMatrix.cells().stream()
        .map(Cell::endpoint)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> difference(Set<String> all, Set<String> but) {
    return all.stream().filter(endpoint -> !but.contains(endpoint)).toList();
  }

  static boolean holds(Cell cell) {
    Response answer = call(cell);
    int status = answer.statusCode();
    if (!cell.expected().equals("Y")) {
      return status == Integer.parseInt(cell.expected());
    }
    // Let through means that the endpoint was reached: it is neither unknown nor called the wrong
    // way.
    return status != 401
        && status != 403
        && status != 405
        && !answer.asString().contains("PATH_UNKNOWN");
  }

  private static Response call(Cell cell) {
    String token = TOKENS.computeIfAbsent(cell.role(), RoleMatrixTest::token);
    return call(cell.method(), cell.path(), token);
  }

  private static Response call(String method, String template, String token) {
    RequestSpecification request = RestAssured.given().header("Idempotency-Key", "matrix-key-1");
    if (!token.isEmpty()) {
      request.auth().oauth2(token);
    }
    if (template.endsWith("/catalog-imports")) {
      request.multiPart("file", "x.csv", new byte[] {1}, "text/csv");
    } else if (!method.equals("GET")) {
      request.contentType("application/json").body("{}");
    }
    String path = template.replaceAll("\\{[^}]*}", "x1");
    return request.redirects().follow(false).request(method, path);
  }

  private static String token(String role) {
    return switch (role) {
      case "anonymous" -> "";
      case "member" -> Tokens.member();
      default -> Tokens.staff(role);
    };
  }
}
