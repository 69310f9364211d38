package io.siyu.mall.catalog.product;

import io.siyu.mall.text.PublicUrl;
import io.siyu.mall.text.Reading;
import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Cleans the HTML that brands bring from rich-text editors: what shows text, pictures, tables and
 * films stays, with addresses of https; scripts, handlers, frames, forms and everything unknown
 * goes.
 */
public final class DetailHtml {

  private static final Pattern ANY_PROTOCOL = Pattern.compile("^(?i:http:)?//");

  /**
   * As the sanitiser writes emoji and rare characters: ten times as long, and found by no search.
   */
  private static final Pattern OUTSIDE_THE_PLANE =
      Pattern.compile("&#x(10[0-9a-f]{4}|[0-9a-f]{5});");

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
          .allowAttributes("alt", "title", "width", "height")
          .onElements("img")
          .allowAttributes("type")
          .onElements("source")
          .allowAttributes("controls", "width", "height")
          .onElements("video")
          .allowAttributes("src")
          .matching(DetailHtml::address)
          .onElements("img", "source", "video")
          .allowAttributes("poster")
          .matching(DetailHtml::address)
          .onElements("video")
          .allowAttributes("href")
          .matching(DetailHtml::address)
          .onElements("a")
          .allowAttributes("colspan", "rowspan")
          .onElements("td", "th")
          .allowStyling()
          .requireRelNofollowOnLinks()
          .toFactory();

  private DetailHtml() {}

  /** The same text without anything that could act. */
  public static String sanitise(String html) {
    if (html.isBlank()) {
      return "";
    }
    return OUTSIDE_THE_PLANE
        .matcher(POLICY.sanitize(html.strip()))
        .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
  }

  /**
   * A {@link PublicUrl}; what an editor wrote for pages of any protocol is meant for ours.
   *
   * @return null: the attribute goes
   */
  private static String address(String element, String attribute, String value) {
    String address = value.strip().replace(" ", "%20");
    String secure = ANY_PROTOCOL.matcher(address).replaceFirst("https://");
    Reading reading = PublicUrl.read(secure, 1, PublicUrl.MAX);
    return reading.ok() ? reading.value() : null;
  }
}
