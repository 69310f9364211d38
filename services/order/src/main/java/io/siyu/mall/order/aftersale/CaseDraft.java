package io.siyu.mall.order.aftersale;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import java.util.List;
import java.util.UUID;

/** What somebody asks for when a case is opened. */
public record CaseDraft(
    UUID orderLineId,
    long quantity,
    AfterSaleKind kind,
    String reasonCode,
    String note,
    List<String> pictureUrls) {

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT with all that is wrong
   */
  public CaseDraft {
    pictureUrls = List.copyOf(pictureUrls);
    Validation.start()
        .range("quantity", quantity, 1, Bounds.QUANTITY)
        .require(kind != null, "kind", "must be given")
        .required(TextType.REASON_CODE, "reason_code", reasonCode)
        .optional(TextType.NOTE, "note", note)
        .range("picture_urls", pictureUrls.size(), 0, Bounds.PICTURES)
        .check();
  }
}
