package io.siyu.mall.catalog.category;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads of categories. */
@ApplicationScoped
public class CategoryQueries {

  public static final String CATEGORY_UNKNOWN = "CATEGORY_UNKNOWN";

  private static final String SELECT =
      "SELECT id, parent_id, name, path, lineage, sort_order, hidden, version FROM category";

  private final SqlReader reader;

  CategoryQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** The category, or a failure NOT_FOUND CATEGORY_UNKNOWN. */
  public Uni<CategoryView> byId(CategoryId id) {
    return reader
        .select(SELECT + " WHERE id = ?", id.value())
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(CATEGORY_UNKNOWN, "no such category");
              }
              return view(rows.get(0));
            });
  }

  /** The tree without hidden categories and what is below them; otherwise as {@link #tree()}. */
  public Uni<List<CategoryView>> shownTree() {
    return tree()
        .map(
            tree -> {
              Set<UUID> hidden =
                  tree.stream()
                      .filter(CategoryView::hidden)
                      .map(CategoryView::id)
                      .collect(Collectors.toSet());
              return tree.stream()
                  .filter(c -> c.lineage().ids().stream().noneMatch(hidden::contains))
                  .toList();
            });
  }

  /** The whole tree, each category before those below it, siblings by sort order and name. */
  public Uni<List<CategoryView>> tree() {
    return reader
        .select(SELECT)
        .map(
            rows -> {
              Map<UUID, List<CategoryView>> children = new HashMap<>();
              rows.stream()
                  .map(CategoryQueries::view)
                  .sorted(
                      Comparator.comparingInt(CategoryView::sortOrder)
                          .thenComparing(CategoryView::name))
                  .forEach(
                      category ->
                          children
                              .computeIfAbsent(category.parentId(), id -> new ArrayList<>())
                              .add(category));
              List<CategoryView> tree = new ArrayList<>();
              collect(null, children, tree);
              return tree;
            });
  }

  private static void collect(
      UUID parent, Map<UUID, List<CategoryView>> children, List<CategoryView> into) {
    for (CategoryView child : children.getOrDefault(parent, List.of())) {
      into.add(child);
      collect(child.id(), children, into);
    }
  }

  private static CategoryView view(SqlRow row) {
    return new CategoryView(
        row.uuid(0),
        row.uuid(1),
        row.text(2),
        row.text(3),
        Lineage.of(row.bytes(4)),
        (int) row.number(5),
        row.number(6) != 0,
        row.number(7));
  }
}
