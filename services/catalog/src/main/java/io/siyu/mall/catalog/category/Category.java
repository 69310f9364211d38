package io.siyu.mall.catalog.category;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.List;
import java.util.UUID;

/**
 * A place in the tree of categories. Its path and lineage follow from where it stands, so what is
 * below it is written anew when it is renamed or moved.
 */
@Entity
@Table(name = "category")
public class Category {

  /** How deep the tree may grow. */
  public static final int MAX_DEPTH = 8;

  /** Between the names of a path. */
  public static final String SEPARATOR = "/";

  static final int MAX_PATH = 400;

  @Id private UUID id;
  private UUID parentId;
  private String name;
  private String path;
  private byte[] lineage;
  private int sortOrder;

  @Column(columnDefinition = "TINYINT")
  private boolean hidden;

  @Version private long version;

  protected Category() {}

  private Category(CategoryId id, Category parent, String name, int sortOrder) {
    this.id = id.value();
    this.sortOrder = sortOrder;
    stand(parent, name);
  }

  /**
   * A new category.
   *
   * @param parent null for a top category
   * @param sortOrder its place among its siblings, small first
   * @throws DomainException INVALID_ARGUMENT for a name that is empty, too long or holds "/", or a
   *     tree too deep
   */
  public static Category create(Category parent, String name, int sortOrder) {
    String trimmed = TextType.CATEGORY_NAME.normal(name);
    check(parent, trimmed, sortOrder, 1, trimmed.length());
    return new Category(CategoryId.next(), parent, trimmed, sortOrder);
  }

  /**
   * Renames it, moves it, sorts it, hides it; what is below it goes along.
   *
   * @param expectedVersion the version that the caller saw
   * @param newParent null to stand at the top
   * @param below every category below it
   * @throws DomainException ABORTED STALE_VERSION; FAILED_PRECONDITION CATEGORY_LOOP when the new
   *     parent is itself or below it; INVALID_ARGUMENT as for a new one, for each that goes along
   */
  public void revise(
      long expectedVersion,
      Category newParent,
      String newName,
      int newSortOrder,
      boolean newHidden,
      List<Category> below) {
    if (expectedVersion != version) {
      throw new DomainException(
              Kind.ABORTED, "STALE_VERSION", "the category was changed by somebody else")
          .with("current_version", version);
    }
    if (newParent != null && newParent.lineage().ids().contains(id)) {
      throw DomainException.precondition("CATEGORY_LOOP", "a category cannot stand below itself");
    }
    String trimmed = TextType.CATEGORY_NAME.normal(newName);
    int levels = 1 + below.stream().mapToInt(c -> c.depth() - depth()).max().orElse(0);
    int longestBelow = below.stream().mapToInt(c -> c.path.length()).max().orElse(path.length());
    check(
        newParent, trimmed, newSortOrder, levels, trimmed.length() + longestBelow - path.length());
    String oldPath = path;
    int oldDepth = depth();
    stand(newParent, trimmed);
    below.forEach(category -> category.follow(this, oldPath, oldDepth));
    sortOrder = newSortOrder;
    hidden = newHidden;
  }

  /**
   * @param levels how deep what is placed goes, itself included
   * @param pathLength the longest part of a path that is added to the parent's
   */
  private static void check(
      Category parent, String name, int sortOrder, int levels, int pathLength) {
    Validation.start()
        .required(TextType.CATEGORY_NAME, "name", name)
        .range("sort_order", sortOrder, -Bounds.SORT_ORDER, Bounds.SORT_ORDER)
        .require(!name.contains(SEPARATOR), "name", "must not contain \"/\"")
        .require(
            (parent == null ? 0 : parent.depth()) + levels <= MAX_DEPTH,
            "parent_id",
            "leads deeper than is possible, " + MAX_DEPTH + " levels")
        .require(
            (parent == null ? 0 : parent.path.length() + SEPARATOR.length()) + pathLength
                <= MAX_PATH,
            "name",
            "makes the path longer than " + MAX_PATH + " characters")
        .check();
  }

  private void stand(Category parent, String newName) {
    parentId = parent == null ? null : parent.id;
    name = newName;
    path = parent == null ? newName : parent.path + SEPARATOR + newName;
    lineage = (parent == null ? Lineage.ROOT : parent.lineage()).then(id).bytes();
  }

  private void follow(Category moved, String oldPath, int oldDepth) {
    path = moved.path + path.substring(oldPath.length());
    Lineage whole = moved.lineage();
    for (UUID step : lineage().ids().subList(oldDepth, depth())) {
      whole = whole.then(step);
    }
    lineage = whole.bytes();
  }

  private int depth() {
    return lineage().depth();
  }

  public CategoryId id() {
    return new CategoryId(id);
  }

  /** Null for a top category. */
  public CategoryId parentId() {
    return parentId == null ? null : new CategoryId(parentId);
  }

  public String name() {
    return name;
  }

  /** Names from the top, joined by "/". */
  public String path() {
    return path;
  }

  /** Ids from the top down to this one. */
  public Lineage lineage() {
    return Lineage.of(lineage);
  }

  public int sortOrder() {
    return sortOrder;
  }

  /** Whether shoppers are not shown it, nor what is below it. */
  public boolean hidden() {
    return hidden;
  }

  public long version() {
    return version;
  }
}
