package io.siyu.mall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.siyu.mall.gateway.RoleMatrix.Cell;
import io.siyu.mall.gateway.testing.Api;
import io.siyu.mall.gateway.testing.GatewayTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every endpoint × every role, with real tokens. */
@GatewayTest
class RoleMatrixTest {

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
    RequestSpecification request =
        switch (cell.role()) {
          case "anonymous" -> Api.anonymous();
          case "member" -> Api.member();
          default -> Api.staff(cell.role());
        };
    String path = cell.path().replaceAll("\\{[^}]*}", "x1");
    RequestSpecification whole = cell.method().equals("GET") ? request : request.body("{}");
    return whole.redirects().follow(false).request(cell.method(), path);
  }
}
