package io.siyu.mall.cps.order;

import io.siyu.mall.cps.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Keeps orders under the ids that they had before ids were ordered by order number: the ledger
 * knows them by these. A schema that began with ordered ids is never asked.
 */
@ApplicationScoped
public class OldIds {

  private final SqlReader reader;

  /** Told by the migration, so it stays; null: not asked yet. */
  private volatile Boolean any;

  OldIds(SqlReader reader) {
    this.reader = reader;
  }

  private Uni<Boolean> any() {
    Boolean known = any;
    return known != null
        ? Uni.createFrom().item(known)
        : reader
            .select("SELECT COALESCE(MAX(orders), 0) FROM cps_old_ids")
            .map(rows -> rows.get(0).number(0) > 0)
            .invoke(found -> any = found);
  }

  /**
   * The things, each with the key that its order is stored under.
   *
   * @param with the thing with another key
   */
  public <T> Uni<List<T>> resolve(
      List<T> things, Function<T, CpsOrderKey> key, BiFunction<T, CpsOrderKey, T> with) {
    return things.isEmpty()
        ? Uni.createFrom().item(things)
        : any()
            .chain(
                some ->
                    some
                        ? known(things.stream().map(key).toList())
                            .map(old -> replaced(things, key, with, old))
                        : Uni.createFrom().item(things));
  }

  private static <T> List<T> replaced(
      List<T> things,
      Function<T, CpsOrderKey> key,
      BiFunction<T, CpsOrderKey, T> with,
      Set<UUID> old) {
    return things.stream()
        .map(
            one -> {
              CpsOrderKey before = key.apply(one).withOldId();
              return old.contains(before.id()) ? with.apply(one, before) : one;
            })
        .toList();
  }

  private Uni<Set<UUID>> known(Collection<CpsOrderKey> keys) {
    Set<UUID> ids = new HashSet<>();
    keys.forEach(key -> ids.add(key.withOldId().id()));
    String marks = Marks.list(ids.size());
    List<Object> params = new ArrayList<>(ids);
    params.addAll(ids);
    return reader
        .select(
            "SELECT id FROM cps_orders WHERE id IN ("
                + marks
                + ") UNION SELECT order_id FROM clawbacks WHERE order_id IN ("
                + marks
                + ")",
            params.toArray())
        .map(
            rows -> {
              Set<UUID> found = new HashSet<>();
              rows.forEach(row -> found.add(row.uuid(0)));
              return found;
            });
  }
}
