package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Api.member;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.restassured.RestAssured;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@GatewayTest
class OrderEventsTest {

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpRequest watch(String token) {
    return HttpRequest.newBuilder(
            URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/shop/v1/orders/o1/events"))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "text/event-stream")
        .build();
  }

  /** Paid, paid (unchanged, for long enough to hear a heartbeat), a failure, shipped, completed. */
  private static Order at(int read) {
    if (read == 9) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    if (read < 12) {
      return ShopTradeTest.order(OrderState.PAID, 2);
    }
    return read < 14
        ? ShopTradeTest.order(OrderState.SHIPPED, 3)
        : ShopTradeTest.order(OrderState.COMPLETED, 4);
  }

  @Test
  void changesAreToldAsTheyComeUntilTheEnd() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    services().on(OrdersGrpc.getGetOrderMethod(), r -> at(reads.getAndIncrement()));
    HttpResponse<String> answer =
        http.send(watch(Tokens.member()), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    assertTrue(
        answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
    List<String> ids = new ArrayList<>();
    answer
        .body()
        .lines()
        .filter(l -> l.startsWith("id:"))
        .forEach(l -> ids.add(l.substring(3).trim()));
    assertEquals(List.of("2", "3", "4"), ids, answer.body());
    assertTrue(answer.body().contains("event:order") || answer.body().contains("event: order"));
    assertTrue(answer.body().contains("\"state\":\"SHIPPED\""), answer.body());
    assertTrue(answer.body().lines().anyMatch(l -> l.startsWith(":")), "a heartbeat");
    assertTrue(
        services().calls(OrdersGrpc.getGetOrderMethod()).stream()
            .allMatch(call -> call.authorization() != null),
        "every read is the member's");
  }

  @Test
  void somebodyElsesOrderIsAProblemAndNoStream() {
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> {
              throw Refusals.of(Status.Code.NOT_FOUND, "ORDER_UNKNOWN", "no such order");
            });
    problem(member().get("/shop/v1/orders/o1/events").then(), 404, "ORDER_UNKNOWN");
  }

  @Test
  void aCallerHoldsOnlySoManyStreams() throws Exception {
    services().on(OrdersGrpc.getGetOrderMethod(), r -> ShopTradeTest.order(OrderState.PAID, 2));
    String token = Tokens.member("many-streams");
    List<InputStream> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      HttpResponse<InputStream> answer =
          http.send(watch(token), HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(200, answer.statusCode());
      open.add(answer.body());
    }
    assertEquals(429, http.send(watch(token), HttpResponse.BodyHandlers.ofString()).statusCode());
    for (InputStream stream : open) {
      stream.close();
    }
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () -> {
              HttpResponse<InputStream> again =
                  http.send(watch(token), HttpResponse.BodyHandlers.ofInputStream());
              again.body().close();
              assertEquals(200, again.statusCode());
            });
  }
}
