package io.siyu.mall.platform.personal;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured keys for personal data, complete and of the right lengths, or not at all. */
record PersonalKeys(Map<String, byte[]> keys, String active, byte[] hash) {

  private static final String WHAT =
      "; personal data needs mall.personal.keys (id:base64 of 32 bytes, several by comma),"
          + " mall.personal.active-key (the id that encrypts) and mall.personal.hash-key"
          + " (base64 of at least 32 bytes)";
  private static final int KEY_BYTES = 32;

  /**
   * @throws ConfigurationException one sentence that says what is missing or wrong, and no key
   */
  static PersonalKeys read(
      Optional<List<String>> keys, Optional<String> active, Optional<String> hash) {
    Map<String, byte[]> read = new HashMap<>();
    for (String entry : keys.orElse(List.of())) {
      String text = entry.strip();
      int colon = text.indexOf(':');
      byte[] key = colon < 1 ? new byte[0] : bytes(text.substring(colon + 1));
      require(
          key.length == KEY_BYTES, "an entry of mall.personal.keys is not id:base64 of 32 bytes");
      require(
          read.put(text.substring(0, colon).strip(), key) == null,
          "mall.personal.keys has an id twice");
    }
    require(!read.isEmpty(), "mall.personal.keys is not set");
    String chosen = active.map(String::strip).orElse("");
    require(!chosen.isEmpty(), "mall.personal.active-key is not set");
    require(
        read.containsKey(chosen), "mall.personal.active-key '" + chosen + "' is none of the keys");
    require(hash.isPresent(), "mall.personal.hash-key is not set");
    byte[] hashKey = bytes(hash.orElse(""));
    require(hashKey.length >= KEY_BYTES, "mall.personal.hash-key is not base64 of 32 bytes");
    return new PersonalKeys(read, chosen, hashKey);
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ConfigurationException(otherwise + WHAT);
    }
  }

  /** Never the keys. */
  @Override
  public String toString() {
    return "PersonalKeys";
  }
}
