package io.siyu.mall.sandbox;

import io.siyu.mall.sandbox.platform.Credentials;
import io.siyu.mall.sandbox.platform.TaobaoAccount;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A set of keys for development and tests, in a directory: made once, then read. Holds both sides'
 * keys, which in reality never meet.
 *
 * <p>Files: {@code merchant-private.pem}, {@code merchant-public.pem}, {@code
 * platform-private.pem}, {@code platform-public.pem} (RSA 2048; PKCS #8 and X.509), and {@code
 * ids.properties} with {@code merchant-id, merchant-serial, public-key-id, api-v3-key, app-id,
 * app-secret}.
 */
public final class SandboxKeys {
  private static final String IDS = "ids.properties";
  private static final String TAOBAO = "taobao.properties";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final Properties ids;
  private final Properties taobao;

  private SandboxKeys(Path directory, Properties ids, Properties taobao) {
    this.directory = directory;
    this.ids = ids;
    this.taobao = taobao;
  }

  /**
   * The key set in the directory; makes it if it is not there, or not complete. Safe against being
   * called at once by several threads and processes.
   *
   * @throws UncheckedIOException if the directory cannot be read or written
   */
  public static synchronized SandboxKeys in(Path directory) {
    try {
      Files.createDirectories(directory);
      try (FileChannel lock =
              FileChannel.open(
                  directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = lock.lock()) {
        // The ids are written last: where they are, the rest is.
        if (!Files.exists(directory.resolve(IDS))) {
          make(directory);
        }
        if (!Files.exists(directory.resolve(TAOBAO))) {
          makeTaobao(directory);
        }
      }
      return new SandboxKeys(
          directory.toAbsolutePath().normalize(),
          load(directory.resolve(IDS)),
          load(directory.resolve(TAOBAO)));
    } catch (IOException e) {
      throw new UncheckedIOException("no keys in " + directory, e);
    }
  }

  /** The merchant's private key (PKCS #8 PEM): for the order service. */
  public Path merchantPrivateKey() {
    return directory.resolve("merchant-private.pem");
  }

  /** The merchant's public key: for the sandbox. */
  public Path merchantPublicKey() {
    return directory.resolve("merchant-public.pem");
  }

  /** The platform's private key: for the sandbox alone. */
  public Path platformPrivateKey() {
    return directory.resolve("platform-private.pem");
  }

  /** The platform's public key: for the order service. */
  public Path platformPublicKey() {
    return directory.resolve("platform-public.pem");
  }

  /** The merchant's number. */
  public String merchantId() {
    return id("merchant-id");
  }

  /** The serial number of the merchant's certificate. */
  public String merchantSerial() {
    return id("merchant-serial");
  }

  /** The id of the platform's public key. */
  public String publicKeyId() {
    return id("public-key-id");
  }

  /** The APIv3 key, 32 characters. */
  public String apiV3Key() {
    return id("api-v3-key");
  }

  /** The mini-program's id. */
  public String appId() {
    return id("app-id");
  }

  /** The mini-program's secret. */
  public String appSecret() {
    return id("app-secret");
  }

  /** What the sandbox knows. */
  public Credentials credentials() {
    return new Credentials(
        appId(),
        appSecret(),
        merchantId(),
        merchantSerial(),
        Pem.publicKey(merchantPublicKey().toString()),
        Pem.privateKey(platformPrivateKey().toString()),
        Pem.publicKey(platformPublicKey().toString()),
        publicKeyId(),
        apiV3Key(),
        taobao());
  }

  /** The affiliate account at Taobao; beside the rest, in {@code taobao.properties}. */
  public TaobaoAccount taobao() {
    return new TaobaoAccount(
        taobao.getProperty("app-key"),
        taobao.getProperty("app-secret"),
        taobao.getProperty("session"),
        taobao.getProperty("pid"));
  }

  /**
   * What the service of outside orders is configured with ({@code mall.taobao.*}).
   *
   * @param sandbox the address of the sandbox, such as {@code http://localhost:8190}
   */
  public Map<String, String> taobaoProperties(String sandbox) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("mall.taobao.api-url", sandbox + "/router/rest");
    properties.put("mall.taobao.app-key", taobao().appKey());
    properties.put("mall.taobao.app-secret", taobao().appSecret());
    properties.put("mall.taobao.session", taobao().session());
    properties.put("mall.taobao.pid", taobao().pid());
    return properties;
  }

  /**
   * What a service is configured with ({@code mall.wechat.*} and {@code mall.wechat-pay.*}).
   *
   * @param sandbox the address of the sandbox, such as {@code http://localhost:8190}
   */
  public Map<String, String> serviceProperties(String sandbox) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("mall.wechat.api-url", sandbox);
    properties.put("mall.wechat.app-id", appId());
    properties.put("mall.wechat.app-secret", appSecret());
    properties.put("mall.wechat-pay.base-url", sandbox);
    properties.put("mall.wechat-pay.merchant-id", merchantId());
    properties.put("mall.wechat-pay.merchant-serial", merchantSerial());
    properties.put("mall.wechat-pay.merchant-private-key", merchantPrivateKey().toString());
    properties.put("mall.wechat-pay.public-key-id", publicKeyId());
    properties.put("mall.wechat-pay.public-key", platformPublicKey().toString());
    properties.put("mall.wechat-pay.api-v3-key", apiV3Key());
    return properties;
  }

  /** What the sandbox is configured with ({@code mall.sandbox.*}). */
  public Map<String, String> sandboxProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("mall.sandbox.wechat.app-id", appId());
    properties.put("mall.sandbox.wechat.app-secret", appSecret());
    properties.put("mall.sandbox.wechat-pay.merchant-id", merchantId());
    properties.put("mall.sandbox.wechat-pay.merchant-serial", merchantSerial());
    properties.put("mall.sandbox.wechat-pay.merchant-public-key", merchantPublicKey().toString());
    properties.put("mall.sandbox.wechat-pay.platform-private-key", platformPrivateKey().toString());
    properties.put("mall.sandbox.wechat-pay.platform-public-key-id", publicKeyId());
    properties.put("mall.sandbox.wechat-pay.api-v3-key", apiV3Key());
    properties.put("mall.sandbox.taobao.app-key", taobao().appKey());
    properties.put("mall.sandbox.taobao.app-secret", taobao().appSecret());
    properties.put("mall.sandbox.taobao.session", taobao().session());
    properties.put("mall.sandbox.taobao.pid", taobao().pid());
    return properties;
  }

  private String id(String name) {
    String value = ids.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(name + " is missing in " + directory.resolve(IDS));
    }
    return value;
  }

  private static void make(Path directory) throws IOException {
    writePair(directory, "merchant");
    writePair(directory, "platform");
    String merchantId = "19" + text("0123456789", 8);
    Properties ids = new Properties();
    ids.setProperty("merchant-id", merchantId);
    ids.setProperty("merchant-serial", text("0123456789ABCDEF", 40));
    ids.setProperty("public-key-id", "PUB_KEY_ID_0" + merchantId + text("0123456789", 17));
    ids.setProperty("api-v3-key", text("abcdefghijklmnopqrstuvwxyz0123456789", 32));
    ids.setProperty("app-id", "wx" + text("0123456789abcdef", 16));
    ids.setProperty("app-secret", text("0123456789abcdef", 32));
    store(directory, IDS, ids);
  }

  private static void makeTaobao(Path directory) throws IOException {
    Properties account = new Properties();
    account.setProperty("app-key", "3" + text("0123456789", 7));
    account.setProperty("app-secret", text("0123456789abcdef", 32));
    account.setProperty("session", "6100" + text("0123456789abcdef", 40));
    account.setProperty(
        "pid",
        "mm_1"
            + text("0123456789", 8)
            + "_2"
            + text("0123456789", 8)
            + "_3"
            + text("0123456789", 9));
    store(directory, TAOBAO, account);
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties;
  }

  private static void store(Path directory, String name, Properties properties) throws IOException {
    Path fresh = directory.resolve(name + ".new");
    try (Writer out = Files.newBufferedWriter(fresh)) {
      properties.store(out, "Keys for development and tests; worth nothing elsewhere.");
    }
    keepPrivate(fresh);
    Files.move(
        fresh,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writePair(Path directory, String owner) throws IOException {
    KeyPair pair;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    Path secret = directory.resolve(owner + "-private.pem");
    Files.writeString(secret, Pem.write("PRIVATE KEY", pair.getPrivate()));
    keepPrivate(secret);
    Files.writeString(
        directory.resolve(owner + "-public.pem"), Pem.write("PUBLIC KEY", pair.getPublic()));
  }

  private static void keepPrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static String text(String alphabet, int length) {
    return RANDOM
        .ints(length, 0, alphabet.length())
        .collect(
            StringBuilder::new,
            (text, at) -> text.append(alphabet.charAt(at)),
            StringBuilder::append)
        .toString();
  }
}
