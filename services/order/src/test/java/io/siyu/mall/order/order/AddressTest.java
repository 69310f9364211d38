package io.siyu.mall.order.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AddressTest {

  @Test
  void aPhoneIsTheSameHoweverItIsWritten() {
    for (String written :
        new String[] {
          "13812345678", "138-1234-5678", "+8613812345678", "+86 138 1234 5678", "008613812345678"
        }) {
      assertEquals("13812345678", Address.digits(written), written);
    }
    assertEquals("02188886666", Address.digits("021-88886666"));
    assertEquals("8612345", Address.digits("8612345"), "86 is a prefix of mobile numbers alone");
  }

  @Test
  void theHintSaysWhereAndNotWho() {
    Address address = new Address("王小明", "13812345678", "上海市", "上海市", "徐汇区", "漕溪北路 1 号");
    String hint = address.hint();
    assertTrue(hint.startsWith("上海市 上海市 徐汇区 "), hint);
    assertFalse(hint.contains("王小明") || hint.contains("1234") || hint.contains("漕溪"), hint);
  }
}
