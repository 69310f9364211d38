package io.siyu.mall.cps.taobao;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopSignatureTest {

  /** The example in TOP's documents. */
  static final Map<String, String> EXAMPLE =
      Map.of(
          "app_key", "12345678",
          "fields", "num_iid,title,nick,price,num",
          "format", "json",
          "method", "taobao.item.seller.get",
          "num_iid", "11223344",
          "session", "test",
          "sign_method", "md5",
          "timestamp", "2016-01-01 12:00:00",
          "v", "2.0");

  @Test
  void md5() {
    assertEquals("66987CB115214E59E6EC978214934FB8", TopSignature.of("md5", EXAMPLE, "helloworld"));
  }

  @Test
  void emptyValuesAreNotSigned() {
    Map<String, String> more = new HashMap<>(EXAMPLE);
    more.put("nothing", "");
    assertEquals(
        TopSignature.of("hmac", EXAMPLE, "helloworld"),
        TopSignature.of("hmac", more, "helloworld"));
  }

  @Test
  void anotherMethodIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> TopSignature.of("sha1", EXAMPLE, "helloworld"));
  }
}
