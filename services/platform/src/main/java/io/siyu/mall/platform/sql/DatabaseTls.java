package io.siyu.mall.platform.sql;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Says in the words of both database clients how {@code mall.db.tls} wants connections to be: the
 * reactive one that serves requests, and JDBC, which is Flyway's. The authorities in {@code
 * mall.db.ca} (PEM, one or several) are what the reactive client reads; JDBC wants a key store, so
 * one is made of them beside.
 *
 * <table>
 *   <tr><td>disabled</td><td>in clear: on one machine alone</td></tr>
 *   <tr><td>required</td><td>encrypted, by whomever: listening does not help, being in between does</td></tr>
 *   <tr><td>verify-ca</td><td>encrypted, by somebody with a certificate of those authorities</td></tr>
 *   <tr><td>verify-identity</td><td>and which is for this host</td></tr>
 * </table>
 */
public final class DatabaseTls implements ConfigSourceFactory {

  /** For the address of the JDBC connection. */
  static final String JDBC = "mall.db.jdbc-tls";

  private static final String REACTIVE = "quarkus.datasource.reactive.";
  private static final int BELOW_EVERYTHING = 50;
  private static final String NO_SECRET = "authorities";
  private static final Map<Path, Path> STORES = new ConcurrentHashMap<>();

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    String mode = text(context, "mall.db.tls");
    String authorities = text(context, "mall.db.ca");
    return List.of(
        new PropertiesConfigSource(settings(mode, authorities), "mall.db.tls", BELOW_EVERYTHING));
  }

  private static Map<String, String> settings(String mode, String authorities) {
    Map<String, String> settings = new HashMap<>();
    // Vert.x' names of the modes are ours.
    settings.put(REACTIVE + "mysql.ssl-mode", mode);
    // Said in any case: a build may have seen another mode, and what it saw must not hold here.
    settings.put(REACTIVE + "trust-all", Boolean.toString(mode.equals("required")));
    settings.put(REACTIVE + "trust-certificate-pem", "false");
    settings.put(
        REACTIVE + "hostname-verification-algorithm",
        mode.equals("verify-identity") ? "HTTPS" : "NONE");
    switch (mode) {
      // In clear, some ways of checking a password need the server's key.
      case "disabled" -> settings.put(JDBC, "sslMode=DISABLED&allowPublicKeyRetrieval=true");
      case "required" -> settings.put(JDBC, "sslMode=REQUIRED");
      case "verify-ca" -> verify(settings, "VERIFY_CA", authorities);
      case "verify-identity" -> verify(settings, "VERIFY_IDENTITY", authorities);
      default ->
          throw new IllegalArgumentException(
              "mall.db.tls is "
                  + mode
                  + ", but can be disabled, required, verify-ca or verify-identity");
    }
    return settings;
  }

  private static void verify(Map<String, String> settings, String mode, String authorities) {
    if (authorities.isEmpty()) {
      // A build has none and connects to nothing; a start fails, and says so.
      settings.put(JDBC, "sslMode=" + mode + "&trustCertificateKeyStoreUrl=mall.db.ca-is-missing");
      return;
    }
    Path store = STORES.computeIfAbsent(Path.of(authorities), DatabaseTls::store);
    settings.put(
        JDBC,
        "sslMode="
            + mode
            + "&trustCertificateKeyStoreUrl="
            + store.toUri()
            + "&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStorePassword="
            + NO_SECRET);
    settings.put(REACTIVE + "trust-certificate-pem", "true");
    settings.put(REACTIVE + "trust-certificate-pem.certs", authorities);
  }

  private static Path store(Path authorities) {
    try (InputStream in = Files.newInputStream(authorities)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, one);
      }
      if (number == 0) {
        throw new IllegalArgumentException("mall.db.ca: no certificate is in " + authorities);
      }
      Path file = Files.createTempFile("database-ca", ".p12");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, NO_SECRET.toCharArray());
      }
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("mall.db.ca: " + authorities + " cannot be read", e);
    }
  }

  private static String text(ConfigSourceContext context, String key) {
    ConfigValue value = context.getValue(key);
    return value == null || value.getValue() == null ? "" : value.getValue().strip();
  }
}
