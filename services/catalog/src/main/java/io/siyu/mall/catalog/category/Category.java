package io.siyu.mall.catalog.category;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/**
 * A place in the tree of categories. It never moves, so its path and lineage are fixed when it is
 * made.
 */
@Entity
@Table(name = "category")
public class Category {

  /** How deep the tree may grow. */
  public static final int MAX_DEPTH = 8;

  /** Between the names of a path. */
  public static final String SEPARATOR = "/";

  static final int MAX_NAME = 60;
  static final int MAX_PATH = 400;

  @Id private UUID id;
  private UUID parentId;
  private String name;
  private String path;
  private byte[] lineage;
  private int sortOrder;

  protected Category() {}

  private Category(CategoryId id, Category parent, String name, int sortOrder) {
    this.id = id.value();
    this.parentId = parent == null ? null : parent.id;
    this.name = name;
    this.path = parent == null ? name : parent.path + SEPARATOR + name;
    this.lineage = (parent == null ? Lineage.ROOT : parent.lineage()).then(this.id).bytes();
    this.sortOrder = sortOrder;
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
    String trimmed = name.strip();
    Validation.start()
        .length("name", trimmed, 1, MAX_NAME)
        .require(!trimmed.contains(SEPARATOR), "name", "must not contain \"/\"")
        .require(
            parent == null || parent.lineage().depth() < MAX_DEPTH,
            "parent_id",
            "is at the deepest level that is possible, " + MAX_DEPTH)
        .require(
            parent == null || parent.path.length() + trimmed.length() < MAX_PATH,
            "name",
            "makes the path longer than " + MAX_PATH + " characters")
        .check();
    return new Category(CategoryId.next(), parent, trimmed, sortOrder);
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
}
