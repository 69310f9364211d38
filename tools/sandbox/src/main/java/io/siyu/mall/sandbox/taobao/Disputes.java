package io.siyu.mall.sandbox.taobao;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.state.Table;
import io.siyu.mall.sandbox.taobao.OrderBatch.Position;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;

/**
 * The disputes, and {@code taobao.tbk.order.refund.get} as its page in Alibaba's documents has it
 * (apiId 65180). What is wrong with the option is told in the answer itself, by {@code
 * biz_error_code} and {@code biz_error_desc}: 101 with a text for a missing time is the page's own
 * example; that 102 stands for a wrong value and 103 for a window is from no document.
 */
final class Disputes {

  private static final String OPTION = "publisher_refund_order_query_option";
  private static final int MISSING = 101;
  private static final int WRONG = 102;
  private static final int WINDOW = 103;
  private static final int BOTH_ROLES = 4;
  private static final int THIRD_PARTY = 2;

  /** Since then disputes are also found by the order's creation and by their last change. */
  private static final Instant ALL_TYPES_SINCE = Instant.parse("2022-12-19T16:00:00Z");

  private final Table<Dispute> disputes;
  private volatile Duration longestWindow = Duration.ofHours(3);
  private volatile boolean wrapped = true;

  Disputes(World world) {
    disputes = world.store().table("taobao-dispute", Dispute.class);
  }

  void longestWindow(Duration window) {
    longestWindow = window;
  }

  /** Whether the page comes inside of {@code result}, or as the answer's own {@code data}. */
  void wrapped(boolean inResult) {
    wrapped = inResult;
  }

  void put(Dispute dispute) {
    disputes.put(dispute.suitId(), dispute);
  }

  /** Null if there is none. */
  Dispute byId(String suitId) {
    return disputes.get(suitId);
  }

  ObjectNode refunds(TopCall call) {
    try {
      return answer(find(new Option(option(call))));
    } catch (BusinessError e) {
      return Json.object(
          "biz_error_code", e.code, "biz_error_desc", e.getMessage(), "result_code", 500);
    }
  }

  private static JsonNode option(TopCall call) {
    String text = call.get(OPTION);
    if (text == null) {
      return Json.object();
    }
    try {
      JsonNode option = Json.MAPPER.readTree(text);
      if (option.isObject()) {
        return option;
      }
    } catch (JsonProcessingException e) {
      // Answered below.
    }
    throw TopErrors.gateway(41, OPTION);
  }

  private ObjectNode find(Option option) {
    Instant start = option.time("start_time", "开始时间");
    Instant end = option.time("end_time", "结束时间");
    if (end.isBefore(start) || Duration.between(start, end).compareTo(longestWindow) > 0) {
      throw new BusinessError(WINDOW, "查询时间跨度不能超过" + longestWindow.toMinutes() + "分钟");
    }
    int type = option.number("query_type", 1, start.isBefore(ALL_TYPES_SINCE) ? 3 : 5);
    int size = option.number("page_size", 1, 100);
    int page = option.number("page_no", 0, Integer.MAX_VALUE);
    option.number("order_scene", 1, 1);
    int role = option.number("member_type", 1, BOTH_ROLES);
    if (role == 3) {
      throw new BusinessError(WRONG, "member_type 参数错误");
    }
    Position after = page > 1 ? option.position() : null;
    List<Dispute> found = role == THIRD_PARTY ? List.of() : find(type, start, end, after, size + 1);
    List<Dispute> shown = found.size() > size ? found.subList(0, size) : found;
    ObjectNode data =
        Json.object(
            "page_no",
            page,
            "page_size",
            size,
            "has_pre",
            page > 1,
            "has_next",
            found.size() > size);
    if (!shown.isEmpty()) {
      Dispute last = shown.get(shown.size() - 1);
      data.put("position_index", new Position(last.time(type), last.suitId()).text());
    }
    List<ObjectNode> entries = shown.stream().map(Dispute::json).toList();
    data.setAll(
        Json.object(
            "result", wrapped ? entries : Json.object("publisher_refund_order_d_t_o", entries)));
    return data;
  }

  private List<Dispute> find(int type, Instant start, Instant end, Position after, int limit) {
    return disputes.all().stream()
        .filter(one -> isWithin(one.time(type), start, end))
        .filter(one -> after == null || after.isBefore(one.time(type), one.suitId()))
        .sorted(
            Comparator.comparing((Dispute one) -> one.time(type)).thenComparing(Dispute::suitId))
        .limit(limit)
        .toList();
  }

  private static boolean isWithin(Instant time, Instant start, Instant end) {
    return time != null && !time.isBefore(start) && !time.isAfter(end);
  }

  private ObjectNode answer(ObjectNode data) {
    ObjectNode whole = Json.object("data", data, "result_code", 200, "result_msg", "success");
    return wrapped ? Json.object("result", whole) : whole;
  }

  private static final class BusinessError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    BusinessError(int code, String message) {
      super(message, null, false, false);
      this.code = code;
    }
  }

  /** What is asked for. */
  private record Option(JsonNode json) {

    private String need(String name, String called) {
      String value = json.path(name).asText("");
      if (value.isEmpty()) {
        throw new BusinessError(MISSING, called + "不能为空");
      }
      return value;
    }

    int number(String name, int min, int max) {
      String value = need(name, name);
      if (!value.matches("-?\\d{1,9}")
          || Integer.parseInt(value) < min
          || Integer.parseInt(value) > max) {
        throw new BusinessError(WRONG, name + " 参数错误");
      }
      return Integer.parseInt(value);
    }

    Instant time(String name, String called) {
      try {
        return LocalDateTime.parse(need(name, called), TopCall.TIME)
            .atZone(TopCall.ZONE)
            .toInstant();
      } catch (DateTimeException e) {
        throw new BusinessError(WRONG, called + "格式错误");
      }
    }

    /** The sandbox pages forwards only. */
    Position position() {
      if (number("jump_type", -1, 1) != 1) {
        throw new BusinessError(WRONG, "jump_type 参数错误");
      }
      return Position.parse(need("position_index", "position_index"));
    }
  }
}
