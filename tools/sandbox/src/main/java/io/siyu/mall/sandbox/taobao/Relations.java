package io.siyu.mall.sandbox.taobao;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.state.Table;
import java.util.ArrayList;
import java.util.List;

/** Channels (渠道) and the links made for them. */
final class Relations {
  private static final long FIRST = 2_900_000_000L;

  private final String adzoneId;
  private final Table<Relation> relations;

  Relations(World world) {
    adzoneId = world.credentials().taobao().adzoneId();
    relations = world.store().table("taobao-relation", Relation.class);
  }

  /** A channel: whoever authorised {@code session}, under the note that we gave. */
  record Relation(String session, String note, String relationId) {}

  List<Relation> all() {
    return relations.all();
  }

  /** {@code taobao.tbk.sc.publisher.info.save}: registers once, answers the same afterwards. */
  synchronized ObjectNode register(TopCall call) {
    String session = call.get("session");
    if (session == null) {
      throw TopErrors.gateway(27, "");
    }
    call.need("inviter_code");
    call.number("info_type", 1, 1, 1);
    String note = call.get("note") == null ? "" : call.get("note");
    String key = session + "\n" + note;
    Relation known = relations.get(key);
    if (known == null) {
      known = new Relation(session, note, Long.toString(FIRST + relations.all().size()));
      relations.put(key, known);
    }
    return Json.object(
        "data",
        Json.object("relation_id", Long.valueOf(known.relationId()), "account_name", "sandbox"));
  }

  /** {@code taobao.tbk.dg.general.link.convert}, for one item or several. */
  ObjectNode convert(TopCall call) {
    if (!adzoneId.equals(call.need("adzone_id"))) {
      throw TopErrors.argument("adzone_id");
    }
    String relationId = call.get("relation_id");
    if (relationId != null
        && relations.all().stream().noneMatch(one -> one.relationId().equals(relationId))) {
      throw TopErrors.argument("relation_id: 渠道未备案");
    }
    List<ObjectNode> items = new ArrayList<>();
    String ids = call.get("item_id_list");
    String urls = call.get("material_list");
    if (ids == null && urls == null) {
      throw TopErrors.gateway(40, "item_id_list");
    }
    for (String one : (ids == null ? urls : ids).split(",")) {
      String item = ids == null ? itemIn(one) : one;
      items.add(link(item, relationId));
    }
    return Json.object(
        "data", Json.object(ids == null ? "material_url_list" : "item_url_list", items));
  }

  private ObjectNode link(String item, String relationId) {
    if (item == null || !item.matches("[0-9A-Za-z\\-_]{4,80}")) {
      return Json.object("code", 50001, "msg", "无法解析商品");
    }
    String tail = item + "&relationId=" + relationId + "&adzone=" + adzoneId;
    return Json.object(
        "code",
        0,
        "item_info_dto",
        Json.object("item_id", item),
        "link_info_dto",
        Json.object(
            "cps_short_url",
            "https://s.click.taobao.com/" + Integer.toHexString(tail.hashCode()),
            "cps_long_url",
            "https://s.click.taobao.com/t?e=" + tail,
            "cps_full_tpwd",
            "₤" + Integer.toHexString(tail.hashCode()) + "₤"));
  }

  private static String itemIn(String url) {
    var found = java.util.regex.Pattern.compile("[?&]id=([0-9A-Za-z\\-_]+)").matcher(url);
    return found.find() ? found.group(1) : null;
  }
}
