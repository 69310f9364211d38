package io.siyu.mall.catalog.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailHtmlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<p onclick=\"alert(1)\">a</p>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<p style=\"background:url(javascript:alert(1))\">a</p>",
        "<svg><script>alert(1)</script></svg>",
        "<form action=\"https://evil.example\"><input name=a></form>",
        "<img src=\"data:text/html;base64,PHNjcmlwdD4=\">"
      })
  void whatCouldActGoes(String html) {
    String clean = DetailHtml.sanitise(html);
    assertFalse(
        clean.matches("(?s).*(script|onclick|onerror|javascript|iframe|form|input|data:).*"),
        clean);
  }

  @Test
  void whatShowsStays() {
    String html =
        "<p>柔软 <strong>A 类</strong></p><p><img src=\"http://img.example/1.png\" alt=\"图\" /></p>";
    assertEquals(html.replace("http:", "https:"), DetailHtml.sanitise(html));
    assertTrue(DetailHtml.sanitise("<table><tr><td>尺码</td></tr></table>").contains("<td>尺码</td>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "https://user:pass@img.example/1.png",
        "https://localhost/1.png",
        "https://img.example/\u202E1.png",
        "ftp://img.example/1.png",
        "/1.png"
      })
  void addressesThatNobodyMayFollowGo(String address) {
    String clean =
        DetailHtml.sanitise(
            "<a href=\"%1$s\">a</a><img src=\"%1$s\"><video poster=\"%1$s\"></video>"
                .formatted(address));
    assertFalse(clean.matches("(?s).*(href|src|poster)=.*"), clean);
  }

  @Test
  void addressesOfAnyProtocolAreOfOurs() {
    assertEquals(
        "<img src=\"https://img.example/a%20b.png\" />",
        DetailHtml.sanitise("<img src=\"//img.example/a b.png\">"));
  }

  @Test
  void emojiAndRareCharactersStayOneCharacter() {
    assertEquals("<p>🧸𠮷&lt;</p>", DetailHtml.sanitise("<p>🧸&#x20bb7;&lt;</p>"));
  }

  /** Imports compare what is stored with what comes: cleaning what is clean must change nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>1 &lt; 2 &amp; \"quoted\" = 'x' @ `tick`</p>",
        "<p style=\"color:red\">a</p>",
        "<ul><li>a<li>b</ul>",
        "<p><img src=\"http://a.example/b.png?x=1&y=2\" _src=\"c\" style=\"\"/></p>"
      })
  void cleaningTwiceIsCleaningOnce(String html) {
    String once = DetailHtml.sanitise(html);
    assertEquals(once, DetailHtml.sanitise(once));
  }
}
