package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.platform.error.Validation;
import java.util.List;

/**
 * What people read about a product.
 *
 * @param keywords extra words it is found by
 * @param detailHtml already sanitised
 */
public record ProductContent(
    CategoryId categoryId,
    String title,
    String brief,
    String unit,
    List<String> keywords,
    String coverUrl,
    List<String> galleryUrls,
    List<NamedValue> attributes,
    String detailHtml) {

  static final int MAX_TITLE = 200;
  static final int MAX_BRIEF = 500;
  static final int MAX_UNIT = 20;
  static final int MAX_KEYWORDS = 20;
  static final int MAX_KEYWORD = 40;
  static final int MAX_URL = 1_000;
  static final int MAX_GALLERY = 30;
  static final int MAX_ATTRIBUTES = 60;
  static final int MAX_DETAIL = 500_000;

  public ProductContent {
    title = title.strip();
    brief = brief.strip();
    unit = unit.strip();
    coverUrl = coverUrl.strip();
    keywords = List.copyOf(keywords);
    galleryUrls = List.copyOf(galleryUrls);
    attributes = List.copyOf(attributes);
  }

  /** Reports every field that cannot be kept, by its name in the contract. */
  public Validation validate(Validation validation) {
    return validation
        .length("title", title, 1, MAX_TITLE)
        .length("brief", brief, 0, MAX_BRIEF)
        .length("unit", unit, 0, MAX_UNIT)
        .require(
            keywords.size() <= MAX_KEYWORDS
                && keywords.stream().allMatch(k -> !k.isBlank() && k.length() <= MAX_KEYWORD),
            "keywords",
            "must be at most " + MAX_KEYWORDS + " words of 1 to " + MAX_KEYWORD + " characters")
        .require(isUrlOrEmpty(coverUrl), "cover_url", "must be a http(s) address")
        .require(
            galleryUrls.size() <= MAX_GALLERY
                && galleryUrls.stream().allMatch(u -> !u.isEmpty() && isUrlOrEmpty(u)),
            "gallery_urls",
            "must be at most " + MAX_GALLERY + " http(s) addresses")
        .require(
            attributes.size() <= MAX_ATTRIBUTES && attributes.stream().allMatch(NamedValue::fits),
            "attributes",
            "must be at most " + MAX_ATTRIBUTES + " with a name")
        .length("detail_html", detailHtml, 0, MAX_DETAIL);
  }

  /** What people can find a product of this content by. */
  public SearchTerms terms(String productNo) {
    return SearchTerms.of(title, brief, String.join(" ", keywords), productNo);
  }

  private static boolean isUrlOrEmpty(String url) {
    return url.isEmpty()
        || url.length() <= MAX_URL && (url.startsWith("https://") || url.startsWith("http://"));
  }
}
