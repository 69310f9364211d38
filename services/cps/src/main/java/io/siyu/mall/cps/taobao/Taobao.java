package io.siyu.mall.cps.taobao;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Batch;
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
import java.time.Duration;
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
  private static final Duration ANY = Duration.ofDays(3_650);
  private static final List<String> HOSTS = List.of("taobao.com", "tmall.com", "tb.cn");
  private static final Map<Question, String> QUERY_TYPES =
      Map.of(Question.CREATED, "1", Question.SETTLED, "3", Question.UPDATED, "4");

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
                // Asked by its beginning alone.
                Question.CLAWBACKS, ANY),
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
    Map<String, String> business = new HashMap<>();
    business.put("query_type", QUERY_TYPES.get(question));
    business.put("start_time", TopClient.TIME.format(window.from().atZone(TopClient.ZONE)));
    business.put("end_time", TopClient.TIME.format(window.to().atZone(TopClient.ZONE)));
    business.put("page_size", Integer.toString(PAGE_SIZE));
    business.put("order_scene", "1");
    int number = 1;
    if (page == null) {
      business.put("page_no", "1");
    } else {
      int at = page.indexOf(' ');
      number = Integer.parseInt(page.substring(0, at));
      business.put("page_no", Integer.toString(number));
      business.put("position_index", page.substring(at + 1));
      business.put("jump_type", "1");
    }
    int current = number;
    return top.call("taobao.tbk.order.details.get", business)
        .map(
            answer -> {
              JsonNode data = answer.path("data");
              String next = null;
              if (data.path("has_next").asBoolean(false)) {
                if (current == LAST_PAGE) {
                  throw new WindowTooFull();
                }
                next = current + 1 + " " + needed(data, "position_index");
              }
              return batch(
                  data.path("results").path("publisher_order_dto"),
                  document -> TaobaoDocuments.order(document, this::payableFrom),
                  next);
            });
  }

  @Override
  public Uni<Batch<Clawback>> clawbacks(TimeWindow window, String page) {
    int number = page == null ? 1 : Integer.parseInt(page);
    Map<String, Object> option = new HashMap<>();
    option.put("page_no", number);
    option.put("page_size", PAGE_SIZE);
    option.put("search_type", 1);
    option.put("refund_type", 1);
    option.put("biz_type", 1);
    option.put("start_time", TopClient.TIME.format(window.from().atZone(TopClient.ZONE)));
    String json = TopClient.JSON.valueToTree(option).toString();
    return top.call("taobao.tbk.relation.refund", Map.of("search_option", json))
        .map(
            answer -> {
              JsonNode data = answer.path("result").path("data");
              boolean more = (long) number * PAGE_SIZE < data.path("total_count").asLong(0);
              return batch(
                  data.path("results").path("result"),
                  TaobaoDocuments::clawback,
                  more ? Integer.toString(number + 1) : null);
            });
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
