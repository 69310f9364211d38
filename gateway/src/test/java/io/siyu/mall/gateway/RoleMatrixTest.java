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
    RequestSpecification request = RestAssured.given().header("Idempotency-Key", "matrix-key-1");
    if (!token.isEmpty()) {
      request.auth().oauth2(token);
    }
    if (cell.path().endsWith("/catalog-imports")) {
      request.multiPart("file", "x.csv", new byte[] {1}, "text/csv");
    } else if (!cell.method().equals("GET")) {
      request.contentType("application/json").body("{}");
    }
    String path = cell.path().replaceAll("\\{[^}]*}", "x1");
    return request.redirects().follow(false).request(cell.method(), path);
  }

  private static String token(String role) {
    return switch (role) {
      case "anonymous" -> "";
      case "member" -> Tokens.member();
      default -> Tokens.staff(role);
    };
  }
}
