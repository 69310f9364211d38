package io.siyu.mall.catalog.category;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The ids from the top category down to one category, as stored: 16 bytes each. A category's
 * descendants are those whose lineage begins with its own.
 */
public final class Lineage {

  /** Above the top categories. */
  public static final Lineage ROOT = new Lineage(List.of());

  private static final int ID_BYTES = 16;

  private final List<UUID> ids;

  private Lineage(List<UUID> ids) {
    this.ids = List.copyOf(ids);
  }

  /** The lineage in a column. */
  public static Lineage of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<UUID> ids = new ArrayList<>(bytes.length / ID_BYTES);
    while (buffer.remaining() >= ID_BYTES) {
      ids.add(new UUID(buffer.getLong(), buffer.getLong()));
    }
    return new Lineage(ids);
  }

  /** The lineage of a child. */
  public Lineage then(UUID child) {
    List<UUID> longer = new ArrayList<>(ids);
    longer.add(child);
    return new Lineage(longer);
  }

  /** From the top down. */
  public List<UUID> ids() {
    return ids;
  }

  /** 1 for a top category. */
  public int depth() {
    return ids.size();
  }

  /** As stored. */
  public byte[] bytes() {
    ByteBuffer buffer = ByteBuffer.allocate(ids.size() * ID_BYTES);
    for (UUID id : ids) {
      buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return buffer.array();
  }
}
