package io.siyu.mall.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "http://img.example/a.png",
        "//img.example/a.png",
        "img.example/a.png",
        "/a.png",
        "https:",
        "https://",
        "https:///a.png",
        "https:img.example/a",
        "https:\\\\img.example",
        "https://img.example/\"><img src=x onerror=alert(1)>",
        "https://img.example/a'b",
        "https://img.example/a b",
        "https://img.example/\u0000",
        "https://img.example/\n",
        "https://img.example/a\tb",
        "https://img.example/a\u00A0b",
        "https://img.example/a\u200Bb",
        "https://img.example/a\u202Eb",
        "https://img.example\\@evil.example/",
        "https://user@img.example/",
        "https://user:pass@img.example/",
        "https://@img.example/",
        "https://img.example:0/",
        "https://img.example:99999/",
        "https://localhost/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://2130706433/",
        "https://a_b.example/",
        "https://-a.example/",
        "https://a..example/",
        "https://img.example/%zz",
        "https://img.example/<b>",
        "https://img.example/a`b",
        "https://img.example/\uD800",
        "java\nscript:alert(1)",
        "https://例子.example/",
        "\"><img onerror"
      })
  void whatCouldActIsRefused(String text) {
    Reading url = PublicUrl.read(text, 0, PublicUrl.MAX);
    assertTrue(!url.ok() || url.value().equals("https://img.example/"), () -> "took " + url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://img.example/a.png, https://img.example/a.png",
    "HTTPS://IMG.Example/A.png, https://img.example/A.png",
    "'  https://img.example:443/a\u200B', https://img.example/a",
    "https://img.example:8443/a?b=c&d=%20#e, https://img.example:8443/a?b=c&d=%20#e",
    "https://img.example, https://img.example",
    "https://img.example/图.png, https://img.example/%E5%9B%BE.png",
  })
  void addressesHaveOneForm(String text, String expected) {
    assertEquals(Reading.right(expected), PublicUrl.read(text, 1, PublicUrl.MAX));
  }

  @Test
  void whatComposesToAForbiddenCharacterIsOne() {
    assertFalse(PublicUrl.read("https://img.example/\u1FEF", 0, PublicUrl.MAX).ok());
  }

  @Test
  void lengthIsBounded() {
    String base = "https://img.example/";
    assertTrue(
        PublicUrl.read(base + "a".repeat(PublicUrl.MAX - base.length()), 0, PublicUrl.MAX).ok());
    assertFalse(
        PublicUrl.read(base + "a".repeat(PublicUrl.MAX - base.length() + 1), 0, PublicUrl.MAX)
            .ok());
    assertFalse(PublicUrl.read("", 1, PublicUrl.MAX).ok());
    assertEquals("", PublicUrl.cleaned("javascript:alert(1)"));
  }

  @Property
  void whatIsTakenIsHarmlessInAnAttribute(@ForAll String text) {
    Reading url = PublicUrl.read("https://img.example/" + text, 0, PublicUrl.MAX);
    assertTrue(!url.ok() || url.value().matches("https://img\\.example/[!#-&(-;=?-\\[\\]_a-z~]*"));
    if (url.ok()) {
      assertEquals(url, PublicUrl.read(url.value(), 0, PublicUrl.MAX));
    }
  }
}
