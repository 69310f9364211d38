package io.siyu.mall.sandbox.taobao;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.control.ControlApi;
import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Protocol;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.http.Route;
import io.siyu.mall.sandbox.platform.Platform;
import io.siyu.mall.sandbox.platform.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Taobao's affiliate platform (淘宝客) behind TOP's one address. */
public final class Taobao implements Platform {
  private static final String PATH = "/router/rest";
  private static final String OPERATION = "taobao.rest";
  private static final String PREFIX = "taobao.";

  private final World world;
  private final Relations relations;
  private final TaobaoOrders orders;
  private final Disputes disputes;
  private final TaobaoControl control;
  private final Protocol protocol = new TopErrors();
  private final Map<String, Long> calls = new TreeMap<>();
  private long second;
  private long inSecond;

  public Taobao(World world) {
    this.world = world;
    relations = new Relations(world);
    orders = new TaobaoOrders(world);
    disputes = new Disputes(world);
    control = new TaobaoControl(world, orders, disputes, relations);
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(control.routes());
    routes.add(new Route("POST", PATH, OPERATION, protocol, this::answer));
    routes.add(new Route("GET", PATH, OPERATION, protocol, this::answer));
    routes.add(ControlApi.route("GET", "/sandbox/taobao/calls", r -> Answer.ok(calls())));
    return routes;
  }

  private Answer answer(Request request) {
    TopCall call = TopCall.of(request, world.credentials().taobao(), world.clock().instant());
    count(call.method());
    ObjectNode result =
        switch (call.method()) {
          case "taobao.tbk.sc.publisher.info.save" -> relations.register(call);
          case "taobao.tbk.dg.general.link.convert" -> relations.convert(call);
          case "taobao.tbk.order.details.get" -> orders.details(call);
          case "taobao.tbk.order.refund.get" -> disputes.refunds(call);
          default -> throw TopErrors.gateway(22, "");
        };
    result.put("request_id", UUID.randomUUID().toString().substring(0, 12));
    String name = call.method().substring(PREFIX.length()).replace('.', '_') + "_response";
    return Answer.ok(Json.object(name, result));
  }

  /** Counts the call, and refuses it when this second has had enough. */
  private synchronized void count(String method) {
    long now = world.clock().instant().getEpochSecond();
    inSecond = now == second ? inSecond + 1 : 1;
    second = now;
    if (inSecond > control.callsPerSecond()) {
      calls.merge("limited", 1L, Long::sum);
      throw TopErrors.limited();
    }
    calls.merge(method, 1L, Long::sum);
  }

  private synchronized Map<String, Long> calls() {
    return new TreeMap<>(calls);
  }
}
