package io.siyu.mall.k8s;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.siyu.mall.local.mariadb.ServerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** As much of an image registry (OCI distribution) as takes what is pushed. */
final class Registry implements AutoCloseable {

  private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/(.+)");
  private static final Pattern BLOB = Pattern.compile("/v2/.+/blobs/(sha256:[0-9a-f]{64})");

  private final HttpServer server;
  private final Set<String> blobs = ConcurrentHashMap.newKeySet();
  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final Map<String, String> manifests = new ConcurrentHashMap<>();

  /**
   * @param folder where it makes itself a certificate that nobody knows
   */
  Registry(Path folder) throws IOException {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(tls(ServerCertificate.in(folder, "localhost"))));
    server = https;
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::serve);
    server.start();
  }

  /** Host and port. */
  String address() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** The digests of the manifests taken, by name and tag. */
  Map<String, String> manifests() {
    return new TreeMap<>(manifests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    Matcher manifest = MANIFEST.matcher(path);
    Matcher blob = BLOB.matcher(path);
    int status = 404;
    switch (exchange.getRequestMethod()) {
      case "GET" -> status = path.equals("/v2/") ? 200 : 404;
      case "HEAD" -> status = blob.matches() && blobs.contains(blob.group(1)) ? 200 : 404;
      case "POST" -> status = upload(exchange, "/v2/uploads/" + UUID.randomUUID(), new byte[0]);
      case "PATCH" -> status = upload(exchange, path, body);
      case "PUT" -> {
        if (manifest.matches()) {
          String digest = digest(body);
          manifests.put(manifest.group(1) + ":" + manifest.group(2), digest);
          exchange.getResponseHeaders().add("Docker-Content-Digest", digest);
          status = 201;
        } else {
          String digest = exchange.getRequestURI().getQuery().replaceFirst("^digest=", "");
          boolean whole = digest(uploads.getOrDefault(path, body)).equals(digest);
          blobs.add(digest);
          status = whole ? 201 : 400;
        }
      }
      default -> status = 405;
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private int upload(HttpExchange exchange, String where, byte[] body) {
    uploads.put(where, body);
    exchange.getResponseHeaders().add("Location", "https://" + address() + where);
    return 202;
  }

  private static SSLContext tls(ServerCertificate certificate) throws IOException {
    try (InputStream pem = Files.newInputStream(certificate.certificate())) {
      String key = Files.readString(certificate.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "registry",
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
          new char[0],
          new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(pem)});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
