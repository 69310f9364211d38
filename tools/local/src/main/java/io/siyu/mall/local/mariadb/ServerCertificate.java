package io.siyu.mall.local.mariadb;

import io.siyu.mall.local.LocalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority of one's own and a server's certificate by it, made by the JDK's keytool:
 * for trying out encrypted connections. The keys are worth nothing.
 *
 * @param authority the authority's certificate, PEM
 * @param certificate the server's, PEM
 * @param key the server's private key, PEM
 */
public record ServerCertificate(Path authority, Path certificate, Path key) {

  private static final String PASSWORD = "changeit";

  /**
   * Makes new ones.
   *
   * @param folder where they go; it must not hold others
   * @param host the name that the server's certificate is for
   */
  public static ServerCertificate in(Path folder, String host) {
    try {
      Files.createDirectories(folder);
      Path authorities = folder.resolve("authority.p12");
      Path servers = folder.resolve("server.p12");
      Path request = folder.resolve("server.csr");
      ServerCertificate made =
          new ServerCertificate(
              folder.resolve("ca.pem"), folder.resolve("server.pem"), folder.resolve("server.key"));
      pair(authorities, "CN=authority of " + folder.getFileName(), "-ext", "bc:critical");
      keytool(authorities, "-exportcert", "-rfc", "-file", made.authority.toString());
      pair(servers, "CN=" + host);
      keytool(servers, "-certreq", "-file", request.toString());
      keytool(
          authorities,
          "-gencert",
          "-rfc",
          "-ext",
          "san=dns:" + host,
          "-infile",
          request.toString(),
          "-outfile",
          made.certificate.toString());
      Files.writeString(made.key, pem(servers));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a {@link MariaDbServer} encrypt with it, and take no connection that does not. */
  public List<String> serverArguments() {
    return List.of(
        "--ssl",
        "--ssl-ca=" + authority.toAbsolutePath(),
        "--ssl-cert=" + certificate.toAbsolutePath(),
        "--ssl-key=" + key.toAbsolutePath());
  }

  private static void pair(Path store, String name, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-validity", "30"));
    arguments.addAll(List.of("-dname", name));
    arguments.addAll(List.of(more));
    keytool(store, arguments.toArray(String[]::new));
  }

  private static void keytool(Path store, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "one", "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", store.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new LocalException("keytool refused: " + output.trim());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while waiting for keytool.", interrupted);
    }
  }

  private static String pem(Path store) throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      Key key = keys.getKey("one", PASSWORD.toCharArray());
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(key.getEncoded())
          + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
