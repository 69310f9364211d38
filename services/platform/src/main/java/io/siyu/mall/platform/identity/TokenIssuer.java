package io.siyu.mall.platform.identity;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * One issuer of tokens and its public keys. The keys are fetched in the background, never on an
 * event loop; callers that need a key at the same time share one fetch, and an unknown key id can
 * cause a fetch only every few seconds.
 */
final class TokenIssuer {

  private static final Logger LOG = Logger.getLogger(TokenIssuer.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration MIN_GAP = Duration.ofSeconds(5);
  private static final long MIN_GAP_EMPTY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final String issuer;
  private final String location;
  private final HttpClient http;
  private final AtomicReference<CompletableFuture<Void>> fetch = new AtomicReference<>();
  private volatile Map<String, PublicKey> keys = Map.of();
  private final long minGapNanos;
  private final long keepNanos;
  private volatile long lastFetch;
  private volatile long confirmed;

  /**
   * @param location http(s) URL, file (path or URL), or the JSON document itself
   * @param keep how long its keys are believed while it cannot be reached
   */
  TokenIssuer(String issuer, String location, Duration keep, HttpClient http) {
    this(issuer, location, keep, http, MIN_GAP);
  }

  /** As above, with another time that must pass before an unknown key id causes a fetch again. */
  TokenIssuer(String issuer, String location, Duration keep, HttpClient http, Duration minGap) {
    this.issuer = issuer;
    this.location = location.strip();
    this.http = http;
    this.minGapNanos = minGap.toNanos();
    this.keepNanos = keep.toNanos();
    this.lastFetch = System.nanoTime() - Math.max(minGapNanos, MIN_GAP_EMPTY_NANOS);
  }

  String issuer() {
    return issuer;
  }

  /** The key if it is known already; null otherwise. */
  PublicKey known(String keyId) {
    return believed().get(keyId);
  }

  /** Whether the issuer still signs, or signed until lately, with that key. */
  boolean publishes(PublicKey key) {
    return believed().containsValue(key);
  }

  /** None once the issuer has not confirmed them for too long. */
  private Map<String, PublicKey> believed() {
    return System.nanoTime() - confirmed < keepNanos ? keys : Map.of();
  }

  /** The key, after a fetch if that is due; the Uni's item is null when there is no such key. */
  Uni<PublicKey> key(String keyId) {
    long gap = believed().isEmpty() ? MIN_GAP_EMPTY_NANOS : minGapNanos;
    if (fetch.get() == null && System.nanoTime() - lastFetch < gap) {
      return Uni.createFrom().item(() -> knownOrUnavailable(keyId));
    }
    return Uni.createFrom().completionStage(this::refresh).map(done -> knownOrUnavailable(keyId));
  }

  /** Fetches the keys; concurrent calls share one fetch. Never fails: a failure is logged. */
  CompletableFuture<Void> refresh() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> running = fetch.compareAndExchange(null, mine);
    if (running != null) {
      return running;
    }
    read()
        .whenComplete(
            (text, failure) -> {
              try {
                if (failure != null) {
                  throw new IOException(failure.toString());
                }
                keys = parse(text);
                confirmed = System.nanoTime();
              } catch (IOException | JoseException e) {
                LOG.warnf("the keys of %s cannot be fetched: %s", issuer, e.getMessage());
              } finally {
                lastFetch = System.nanoTime();
                fetch.set(null);
                mine.complete(null);
              }
            });
    return mine;
  }

  private PublicKey knownOrUnavailable(String keyId) {
    Map<String, PublicKey> believed = believed();
    if (believed.isEmpty()) {
      throw new DomainException(
          Kind.UNAVAILABLE, "KEYS_UNAVAILABLE", "tokens cannot be verified right now");
    }
    return believed.get(keyId);
  }

  private CompletableFuture<String> read() {
    if (location.startsWith("{")) {
      return CompletableFuture.completedFuture(location);
    }
    if (location.startsWith("http:") || location.startsWith("https:")) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(location)).timeout(TIMEOUT).build();
      return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
          .thenApply(
              response -> {
                if (response.statusCode() != 200) {
                  throw new IllegalStateException("status " + response.statusCode());
                }
                return response.body();
              });
    }
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Files.readString(
                location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location));
          } catch (IOException e) {
            throw new IllegalStateException(e.toString(), e);
          }
        });
  }

  private static Map<String, PublicKey> parse(String json) throws JoseException {
    Map<String, PublicKey> parsed = new HashMap<>();
    for (JsonWebKey key : new JsonWebKeySet(json).getJsonWebKeys()) {
      boolean signs = key.getUse() == null || "sig".equals(key.getUse());
      if (signs && "RSA".equals(key.getKeyType()) && key.getKeyId() != null) {
        parsed.put(key.getKeyId(), ((PublicJsonWebKey) key).getPublicKey());
      }
    }
    return Map.copyOf(parsed);
  }
}
