package io.siyu.mall.platform.personal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PersonalCipherTest {

  private static final String K1 = key('a');
  private static final String K2 = key('b');
  private static final Cell HERE = Cell.of("addresses", "phone", "row", "owner");
  private final PersonalCipher cipher = cipher("k1", "k1:" + K1, "k2:" + K2);

  @Property
  void whatIsEncryptedCanBeRead(@ForAll String text) {
    // UTF-8 has no lone surrogates.
    String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(valid, cipher.decrypt(HERE, cipher.encrypt(HERE, valid)));
  }

  @Test
  void equalTextsLookDifferentAndHashAlike() {
    String one = cipher.encrypt(HERE, "13812345678");
    assertNotEquals(one, cipher.encrypt(HERE, "13812345678"));
    assertFalse(one.contains("13812345678"));
    assertEquals(cipher.hash("13812345678"), cipher.hash("13812345678"));
    assertNotEquals(cipher.hash("13812345678"), cipher.hash("13812345679"));
    assertEquals(43, cipher.hash("x").length());
  }

  @Test
  void oldKeysStillRead() {
    String old = cipher("k2", "k2:" + K2).encrypt(HERE, "王小明");
    assertEquals("王小明", cipher.decrypt(HERE, old));
    PersonalCipher without = cipher("k1", "k1:" + K1);
    assertThrows(IllegalStateException.class, () -> without.decrypt(HERE, old));
  }

  @Test
  void aChangedTextIsNotRead() {
    String stored = cipher.encrypt(HERE, "secret");
    byte[] bytes = Base64.getDecoder().decode(stored.substring(3));
    bytes[bytes.length - 1] ^= 1;
    String changed = "k1:" + Base64.getEncoder().encodeToString(bytes);
    for (String none : List.of(changed, "", "k1:", ":" + stored, "k1:AAAA", "plain", "k1:?")) {
      assertThrows(IllegalStateException.class, () -> cipher.decrypt(HERE, none), none);
    }
  }

  @Test
  void aTextOpensInItsOwnCellOnly() {
    String stored = cipher.encrypt(HERE, "secret");
    for (Cell elsewhere :
        List.of(
            Cell.of("members", "phone", "row", "owner"),
            Cell.of("addresses", "receiver", "row", "owner"),
            Cell.of("addresses", "phone", "other", "owner"),
            Cell.of("addresses", "phone", "row", "other"),
            Cell.of("addresses", "phone", "row"),
            Cell.of("addresses", "phone", "row", "owner", "more"),
            // The same letters, cut elsewhere.
            Cell.of("addresses", "phone", "rowowner"),
            Cell.of("addresses", "phone", "rowo", "wner"),
            Cell.of("addressesp", "hone", "row", "owner"),
            Cell.of("addresses", "phone", "row5:owner"))) {
      assertThrows(
          IllegalStateException.class,
          () -> cipher.decrypt(elsewhere, stored),
          elsewhere::toString);
    }
    assertEquals("secret", cipher.decrypt(new Sealed(HERE, stored)));
  }

  @Test
  void nothingStaysNothing() {
    assertNull(cipher.encrypt(HERE, null));
    assertNull(cipher.decrypt(HERE, null));
    assertNull(cipher.hash(null));
  }

  @Test
  void withoutAllKeysThereIsNoCipherAndOneSentenceSaysWhy() {
    String h = key('h');
    refused("mall.personal.keys is not set", null, "k1", h);
    refused("mall.personal.keys is not set", "", "k1", h);
    refused("mall.personal.active-key is not set", "k1:" + K1, null, h);
    refused("mall.personal.active-key is not set", "k1:" + K1, " ", h);
    refused("mall.personal.active-key 'k9' is none of the keys", "k1:" + K1, "k9", h);
    refused("mall.personal.hash-key is not set", "k1:" + K1, "k1", null);
    refused("mall.personal.hash-key is not base64 of 32", "k1:" + K1, "k1", "short");
    refused("mall.personal.hash-key is not base64 of 32", "k1:" + K1, "k1", "c2hvcnQ=");
    refused("an entry of mall.personal.keys is not", "k1:c2hvcnQ=", "k1", h);
    refused("an entry of mall.personal.keys is not", "k1:?", "k1", h);
    refused("an entry of mall.personal.keys is not", K1, "k1", h);
    refused("mall.personal.keys has an id twice", "k1:" + K1 + ",k1:" + K2, "k1", h);
  }

  private static void refused(String why, String keys, String active, String hash) {
    Optional<List<String>> list =
        Optional.ofNullable(keys).filter(k -> !k.isEmpty()).map(k -> List.of(k.split(",")));
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class,
            () -> new PersonalCipher(list, Optional.ofNullable(active), Optional.ofNullable(hash)),
            why);
    assertTrue(refusal.getMessage().startsWith(why), refusal.getMessage());
    assertFalse(refusal.getMessage().contains(K1), "shows a key");
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
