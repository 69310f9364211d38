package io.siyu.mall.sandbox.wechat;

import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.state.Store;
import io.siyu.mall.sandbox.state.Table;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Everybody in this world. A persona's ids follow from its name and the app, and an openid carries
 * a check, so that it is the same and recognised also by a sandbox that has forgotten the persona.
 */
public final class Personas {
  private static final int ID_BYTES = 14;
  private static final int CHECK_BYTES = 6;

  private final String appId;
  private final Table<Persona> byName;
  private final Map<String, String> nameByOpenid = new ConcurrentHashMap<>();

  Personas(String appId, Store store) {
    this.appId = appId;
    this.byName = store.table("persona", Persona.class);
    byName.all().forEach(persona -> nameByOpenid.put(persona.openid(), persona.name()));
  }

  /**
   * The persona of that name; made if there is none, changed where a value is given.
   *
   * @param phone 11 digits, or null to keep or invent one
   * @param realName or null to keep it
   * @throws Refusal 400 if the name or the phone is none
   */
  public synchronized Persona put(String name, String phone, String realName) {
    if (name == null || name.isBlank()) {
      throw new Refusal(400, "INVALID", "a persona needs a name");
    }
    if (phone != null && !phone.matches("1[3-9]\\d{9}")) {
      throw new Refusal(400, "INVALID", "not a mobile number: " + phone);
    }
    Persona known = byName.get(name);
    Persona wanted =
        new Persona(
            name,
            openid(name),
            "o" + base64(hash("unionid", name.getBytes(StandardCharsets.UTF_8)), 20),
            phone != null ? phone : known != null ? known.phone() : inventedPhone(name),
            realName != null ? realName : known != null ? known.realName() : null);
    if (!wanted.equals(known)) {
      byName.put(name, wanted);
      nameByOpenid.put(wanted.openid(), name);
    }
    return wanted;
  }

  /** Everybody, oldest first. */
  public List<Persona> all() {
    return byName.all();
  }

  /** The persona behind the openid, if this sandbox knows it. */
  public Optional<Persona> byOpenid(String openid) {
    return Optional.ofNullable(nameByOpenid.get(openid)).map(byName::get);
  }

  /** Whether the openid was given out for this app. */
  public boolean isOpenid(String openid) {
    if (openid.length() != 28 || openid.charAt(0) != 'o') {
      return false;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(openid.substring(1));
      byte[] id = Arrays.copyOf(bytes, ID_BYTES);
      byte[] check = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
      return Arrays.equals(check, Arrays.copyOf(hash("check", id), CHECK_BYTES));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String openid(String name) {
    byte[] id = Arrays.copyOf(hash("openid", name.getBytes(StandardCharsets.UTF_8)), ID_BYTES);
    byte[] whole = Arrays.copyOf(id, ID_BYTES + CHECK_BYTES);
    System.arraycopy(hash("check", id), 0, whole, ID_BYTES, CHECK_BYTES);
    return "o" + base64(whole, whole.length);
  }

  private String inventedPhone(String name) {
    byte[] hash = hash("phone", name.getBytes(StandardCharsets.UTF_8));
    long number = 0;
    for (int i = 0; i < 6; i++) {
      number = number << 8 | hash[i] & 0xff;
    }
    return String.format("199%08d", number % 100_000_000);
  }

  private byte[] hash(String purpose, byte[] value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              (appId + " " + purpose).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes, int length) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, length));
  }
}
