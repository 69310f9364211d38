package io.siyu.mall.platform.personal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PersonalCipherTest {

  private static final String K1 = key('a');
  private static final String K2 = key('b');
  private final PersonalCipher cipher = cipher("k1", "k1:" + K1, "k2:" + K2);

  @Property
  void whatIsEncryptedCanBeRead(@ForAll String text) {
    // UTF-8 has no lone surrogates.
    String valid =
        new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(valid, cipher.decrypt(cipher.encrypt(valid)));
  }

  @Test
  void equalTextsLookDifferentAndHashAlike() {
    String one = cipher.encrypt("13812345678");
    assertNotEquals(one, cipher.encrypt("13812345678"));
    assertFalse(one.contains("13812345678"));
    assertEquals(cipher.hash("13812345678"), cipher.hash("13812345678"));
    assertNotEquals(cipher.hash("13812345678"), cipher.hash("13812345679"));
    assertEquals(43, cipher.hash("x").length());
  }

  @Test
  void oldKeysStillRead() {
    String old = cipher("k2", "k2:" + K2).encrypt("王小明");
    assertEquals("王小明", cipher.decrypt(old));
    assertThrows(IllegalStateException.class, () -> cipher("k1", "k1:" + K1).decrypt(old));
  }

  @Test
  void aChangedTextIsNotRead() {
    String stored = cipher.encrypt("secret");
    byte[] bytes = Base64.getDecoder().decode(stored.substring(3));
    bytes[bytes.length - 1] ^= 1;
    String changed = "k1:" + Base64.getEncoder().encodeToString(bytes);
    assertThrows(IllegalStateException.class, () -> cipher.decrypt(changed));
  }

  @Test
  void nothingStaysNothing() {
    assertNull(cipher.encrypt(null));
    assertNull(cipher.decrypt(null));
    assertNull(cipher.hash(null));
  }

  @Test
  void masks() {
    assertEquals("138****5678", Masks.phone("13812345678"));
    assertEquals("****", Masks.phone("12345678"));
    assertEquals("王**", Masks.name("王小明"));
    assertEquals("王*", Masks.name("王"));
    assertEquals("310****1234", Masks.idNumber("310101199001011234"));
    assertEquals("上海市浦东新****", Masks.address("上海市浦东新区世纪大道1号"));
    assertEquals("****", Masks.address("上海市"));
    assertEquals("", Masks.phone(null));
    assertEquals("", Masks.name(""));
  }

  private static PersonalCipher cipher(String active, String... keys) {
    return new PersonalCipher(
        Optional.of(List.of(keys)), Optional.of(active), Optional.of(key('h')));
  }

  private static String key(char filler) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) filler);
    return Base64.getEncoder().encodeToString(key);
  }
}
