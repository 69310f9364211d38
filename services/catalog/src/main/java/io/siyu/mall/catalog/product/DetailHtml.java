package io.siyu.mall.catalog.product;

import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Cleans the HTML that brands bring from rich-text editors: what shows text, pictures, tables and
 * films stays; scripts, handlers, frames, forms and everything unknown goes.
 */
public final class DetailHtml {

  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowCommonBlockElements()
          .allowCommonInlineFormattingElements()
          .allowElements(
              "br",
              "hr",
              "span",
              "img",
              "a",
              "table",
              "thead",
              "tbody",
              "tfoot",
              "tr",
              "td",
              "th",
              "caption",
              "figure",
              "figcaption",
              "video",
              "source")
          .allowUrlProtocols("https", "http")
          .allowAttributes("src", "alt", "title", "width", "height")
          .onElements("img")
          .allowAttributes("src", "type")
          .onElements("source")
          .allowAttributes("src", "controls", "poster", "width", "height")
          .onElements("video")
          .allowAttributes("href")
          .onElements("a")
          .allowAttributes("colspan", "rowspan")
          .onElements("td", "th")
          .allowStyling()
          .requireRelNofollowOnLinks()
          .toFactory();

  private DetailHtml() {}

  /** The same text without anything that could act. */
  public static String sanitise(String html) {
    return html.isBlank() ? "" : POLICY.sanitize(html.strip());
  }
}
