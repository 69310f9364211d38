package io.siyu.mall.cps.taobao;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Batch;
import io.siyu.mall.cps.affiliate.ClawbackTime;
import io.siyu.mall.cps.affiliate.ConvertedLink;
import io.siyu.mall.cps.affiliate.Item;
import io.siyu.mall.cps.affiliate.PlatformException;
import io.siyu.mall.cps.affiliate.Question;
import io.siyu.mall.cps.affiliate.SyncRules;
import io.siyu.mall.cps.affiliate.TimeWindow;
import io.siyu.mall.cps.affiliate.WindowTooFull;
import io.siyu.mall.cps.order.Clawback;
import io.siyu.mall.cps.order.OrderDocument;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Taobao's affiliate platform (淘宝客). A distributor is a channel (渠道): {@code relation_id} goes out
 * with the link and comes back with the order.
 *
 * <p>From secondary sources, so configurable: the day of payment, the quota. The form of a
 * converted link is read tolerantly.
 */
@ApplicationScoped
class Taobao implements AffiliatePlatform {

  private static final int PAGE_SIZE = 100;
  private static final int LAST_PAGE = 100;
  private static final List<String> HOSTS = List.of("taobao.com", "tmall.com", "tb.cn");
  private static final Map<Question, String> QUERY_TYPES =
      Map.of(Question.CREATED, "1", Question.SETTLED, "3", Question.UPDATED, "4");
  private static final Map<ClawbackTime, Integer> CLAWBACK_QUERY_TYPES =
      Map.of(ClawbackTime.RAISED, 1, ClawbackTime.DECIDED, 3, ClawbackTime.UPDATED, 5);

  /** As publisher and as third party. */
  private static final int ANY_ROLE = 4;

  private final TaobaoConfig config;
  private final TopClient top;
  private final SyncRules rules;

  Taobao(TaobaoConfig config, TopClient top) {
    this.config = config;
    this.top = top;
    this.rules =
        new SyncRules(
            Map.of(
                Question.CREATED, config.window(),
                Question.SETTLED, config.window(),
                Question.UPDATED, config.window(),
                Question.CLAWBACKS, config.window()),
            config.overlap(),
            config.firstSync(),
            config.toleratedLag(),
            config.recheckAfter(),
            config.recheckEvery());
  }

  @Override
  public Platform platform() {
    return Platform.TAOBAO;
  }

  @Override
  public boolean configured() {
    return config.appKey().isPresent()
        && config.appSecret().isPresent()
        && config.session().isPresent()
        && config.pid().isPresent();
  }

  @Override
  public SyncRules rules() {
    return rules;
  }

  @Override
  public boolean knows(String url) {
    try {
      String host = URI.create(url).getHost();
      return host != null
          && HOSTS.stream().anyMatch(one -> host.equals(one) || host.endsWith("." + one));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public Uni<String> register(UUID distributorId, String authorization) {
    Map<String, String> business = new HashMap<>();
    business.put("inviter_code", config.inviterCode());
    business.put("info_type", "1");
    business.put("note", distributorId.toString());
    if (!authorization.isEmpty()) {
      business.put("session", authorization);
    }
    return top.call("taobao.tbk.sc.publisher.info.save", business)
        .map(answer -> needed(answer.path("data"), "relation_id"));
  }

  @Override
  public Uni<ConvertedLink> convert(Item item, String subAffiliateId) {
    String pid = config.pid().orElseThrow();
    String[] parts = pid.split("_");
    Map<String, String> business = new HashMap<>();
    business.put("adzone_id", parts[parts.length - 1]);
    business.put("site_id", parts[parts.length - 2]);
    business.put("relation_id", subAffiliateId);
    business.put("biz_scene_id", "1");
    business.put("promotion_type", "2");
    business.put(
        item.itemId() == null ? "material_list" : "item_id_list",
        item.itemId() == null ? item.url() : item.itemId());
    return top.call("taobao.tbk.dg.general.link.convert", business).map(Taobao::link);
  }

  private static ConvertedLink link(JsonNode answer) {
    JsonNode link = answer.findValue("link_info_dto");
    if (link == null) {
      throw new PlatformException(
          PlatformException.Kind.REFUSED, "NO_LINK", "the item cannot be promoted");
    }
    JsonNode item = answer.findValue("item_info_dto");
    return new ConvertedLink(
        item == null ? "" : item.path("item_id").asText(""),
        needed(link, "cps_long_url"),
        link.path("cps_short_url").asText(""));
  }

  @Override
  public Uni<Batch<OrderDocument>> orders(Question question, TimeWindow window, String page) {
    Paging paging = Paging.of(page);
    Map<String, String> business = new HashMap<>();
    business.put("query_type", QUERY_TYPES.get(question));
    business.put("order_scene", "1");
    business.put("page_size", Integer.toString(PAGE_SIZE));
    asked(window, paging).forEach((name, value) -> business.put(name, value.toString()));
    return top.call("taobao.tbk.order.details.get", business)
        .map(
            answer -> {
              JsonNode data = page(answer);
              return batch(
                  data.path("results").path("publisher_order_dto"),
                  document -> TaobaoDocuments.order(document, this::payableFrom),
                  paging.next(data));
            });
  }

  @Override
  public Uni<Batch<Clawback>> clawbacks(ClawbackTime by, TimeWindow window, String page) {
    Paging paging = Paging.of(page);
    Map<String, Object> option = asked(window, paging);
    option.put("query_type", CLAWBACK_QUERY_TYPES.get(by));
    option.put("order_scene", 1);
    option.put("member_type", ANY_ROLE);
    option.put("page_size", PAGE_SIZE);
    String json = TopClient.JSON.valueToTree(option).toString();
    return top.call(
            "taobao.tbk.order.refund.get", Map.of("publisher_refund_order_query_option", json))
        .map(
            answer -> {
              JsonNode data = clawbackPage(answer);
              return batch(
                  entries(data.path("result")), TaobaoDocuments::clawback, paging.next(data));
            });
  }

  private static Map<String, Object> asked(TimeWindow window, Paging paging) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("start_time", TopClient.TIME.format(window.from().atZone(TopClient.ZONE)));
    asked.put("end_time", TopClient.TIME.format(window.to().atZone(TopClient.ZONE)));
    asked.put("page_no", paging.number());
    if (paging.position() != null) {
      asked.put("position_index", paging.position());
      asked.put("jump_type", 1);
    }
    return asked;
  }

  /**
   * The page inside of the answer: {@code result.data}, or {@code data} as the method's own page
   * shows it. What is wrong is told beside it.
   */
  private static JsonNode clawbackPage(JsonNode answer) {
    JsonNode result = answer.has("result") ? answer.get("result") : answer;
    int error = result.path("biz_error_code").asInt(0);
    if (error != 0) {
      throw new PlatformException(
          PlatformException.Kind.REFUSED,
          Integer.toString(error),
          result.path("biz_error_desc").asText(""));
    }
    return page(result);
  }

  /** An answer without a page is no page without entries: the watermark must not pass it. */
  private static JsonNode page(JsonNode answer) {
    if (!answer.path("data").isObject()) {
      throw new PlatformException(
          PlatformException.Kind.UNAVAILABLE, "NO_TOP_ANSWER", "data is missing");
    }
    return answer.get("data");
  }

  /** A list is an array, or the one array in an object that is named after its type. */
  private static JsonNode entries(JsonNode list) {
    return list.isObject() && list.size() == 1 ? list.elements().next() : list;
  }

  /**
   * Where in a window the next page is.
   *
   * @param position as the page before gave it; null on the first one
   */
  private record Paging(int number, String position) {

    static Paging of(String page) {
      int at = page == null ? 0 : page.indexOf(' ');
      return page == null
          ? new Paging(1, null)
          : new Paging(Integer.parseInt(page.substring(0, at)), page.substring(at + 1));
    }

    /** What the following page is asked with; null if there is none. */
    String next(JsonNode data) {
      if (!data.path("has_next").asBoolean(false)) {
        return null;
      }
      if (number == LAST_PAGE) {
        throw new WindowTooFull();
      }
      return number + 1 + " " + needed(data, "position_index");
    }
  }

  @Override
  public Instant payableFrom(Instant settledAt) {
    return BusinessTime.start(
        BusinessTime.month(settledAt).plusMonths(1).atDay(config.paymentDay()));
  }

  private static <T> Batch<T> batch(JsonNode entries, Function<JsonNode, T> read, String next) {
    List<T> understood = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (JsonNode entry : entries) {
      try {
        understood.add(read.apply(entry));
      } catch (RuntimeException e) {
        unreadable.add(
            "trade "
                + entry.path("trade_id").asText(entry.path("tb_trade_id").asText("?"))
                + ": "
                + e.getMessage());
      }
    }
    return new Batch<>(understood, next, unreadable);
  }

  private static String needed(JsonNode node, String name) {
    String text = node.path(name).asText("");
    if (text.isEmpty()) {
      throw new PlatformException(
          PlatformException.Kind.UNAVAILABLE, "NO_TOP_ANSWER", name + " is missing");
    }
    return text;
  }
}
