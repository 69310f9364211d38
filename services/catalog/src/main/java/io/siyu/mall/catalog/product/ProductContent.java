package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
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

  public ProductContent {
    title = TextType.PRODUCT_TITLE.normal(title);
    brief = TextType.PRODUCT_BRIEF.normal(brief);
    unit = TextType.PRODUCT_UNIT.normal(unit);
    coverUrl = TextType.PUBLIC_URL.normal(coverUrl);
    keywords = keywords.stream().map(TextType.KEYWORD::normal).toList();
    galleryUrls = galleryUrls.stream().map(TextType.PUBLIC_URL::normal).toList();
    attributes = List.copyOf(attributes);
  }

  /** Reports every field that cannot be kept, by its name in the contract. */
  public Validation validate(Validation validation) {
    validation
        .required(TextType.PRODUCT_TITLE, "title", title)
        .optional(TextType.PRODUCT_BRIEF, "brief", brief)
        .optional(TextType.PRODUCT_UNIT, "unit", unit)
        .range("keywords", keywords.size(), 0, Bounds.KEYWORDS)
        .optional(TextType.PUBLIC_URL, "cover_url", coverUrl)
        .range("gallery_urls", galleryUrls.size(), 0, Bounds.GALLERY)
        .require(
            attributes.size() <= Bounds.ATTRIBUTES
                && attributes.stream().allMatch(NamedValue::fits),
            "attributes",
            "must be at most " + Bounds.ATTRIBUTES + " with a name")
        .optional(TextType.DETAIL_HTML, "detail_html", detailHtml);
    keywords.forEach(word -> validation.required(TextType.KEYWORD, "keywords", word));
    galleryUrls.forEach(url -> validation.required(TextType.PUBLIC_URL, "gallery_urls", url));
    return validation;
  }

  /** The same content in another category. */
  public ProductContent in(CategoryId category) {
    return new ProductContent(
        category, title, brief, unit, keywords, coverUrl, galleryUrls, attributes, detailHtml);
  }
}
