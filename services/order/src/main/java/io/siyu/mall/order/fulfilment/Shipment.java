package io.siyu.mall.order.fulfilment;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.Bounds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is to go into one parcel.
 *
 * @param lines empty for everything that can still ship
 */
public record Shipment(Label label, List<Content> lines) {

  /** Units of one order line. */
  public record Content(UUID orderLineId, long quantity) {}

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT with all that is wrong
   */
  public Shipment {
    lines = List.copyOf(lines);
    Validation validation = label.validate(Validation.start());
    Set<UUID> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      validation
          .range("lines[" + i + "].quantity", lines.get(i).quantity(), 1, Bounds.QUANTITY)
          .require(
              seen.add(lines.get(i).orderLineId()),
              "lines[" + i + "].order_line_id",
              "must not be repeated");
    }
    validation.check();
  }
}
