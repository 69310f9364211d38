package io.siyu.mall.order.aftersale;

import io.siyu.mall.platform.error.Validation;
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

  private static final int MAX_PICTURES = 9;
  private static final int MAX_URL = 500;
  private static final int MAX_NOTE = 500;
  private static final int MAX_REASON = 60;
  private static final long MAX_QUANTITY = 1_000_000;

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT with all that is wrong
   */
  public CaseDraft {
    pictureUrls = List.copyOf(pictureUrls);
    Validation.start()
        .range("quantity", quantity, 1, MAX_QUANTITY)
        .require(kind != null, "kind", "must be given")
        .length("reason_code", reasonCode, 1, MAX_REASON)
        .length("note", note, 0, MAX_NOTE)
        .require(pictureUrls.size() <= MAX_PICTURES, "picture_urls", "are at most " + MAX_PICTURES)
        .require(pictureUrls.stream().allMatch(CaseDraft::isUrl), "picture_urls", "must be URLs")
        .check();
  }

  static boolean isUrl(String text) {
    return text.length() <= MAX_URL && text.matches("https?://[^\\s]+");
  }
}
