package io.siyu.mall.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13800138000",
        "+8613800138000",
        "+86 138 0013 8000",
        "86-138-0013-8000",
        "008613800138000",
        "１３８００１３８０００",
        "\u202D13800138000\u202C",
        " 138\u00A00013\u00A08000"
      })
  void aMobileNumberHasOneForm(String text) {
    assertEquals(Reading.right("13800138000"), TextType.PHONE.required(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12800138000", "1380013800", "+85213800138000", "138001380001", "phone", ""})
  void whatIsNoMobileNumberIsRefused(String text) {
    assertFalse(TextType.PHONE.required(text).ok());
  }

  @Test
  void tokensAreTakenAsTheyAre() {
    assertTrue(TextType.OPENID.required("oX-_9").ok());
    assertFalse(TextType.OPENID.required("o X").ok());
    assertFalse(TextType.OPENID.required("o\u200B").ok());
    assertFalse(TextType.OPENID.required("中").ok());
    assertFalse(TextType.OPENID.required("a\u0000b").ok());
    assertFalse(TextType.OPENID.required("o".repeat(65)).ok());
  }

  @Test
  void patternsAreOfTheNormalForm() {
    assertEquals("k-1", TextType.BRAND_CODE.required("\u200Bｋ－１ ").value());
    assertFalse(TextType.BRAND_CODE.required("K-1").ok());
    assertFalse(TextType.MONTH.required("2026-13").ok());
  }

  @ParameterizedTest
  @EnumSource
  void nothingMayBeLeftOutOnlyWhereItIsOptional(TextType type) {
    assertTrue(type.optional("").ok());
    assertFalse(type.required("").ok());
    assertFalse(type.required("\u200B").ok());
    assertFalse(type.optional("a\u202E".repeat(type.max())).ok());
  }
}
