package io.siyu.mall.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Pages of goods that are the same for everybody, kept for a short while as the bytes that are
 * sent. Requests for a page that is being loaded wait for that one load. Failures are not kept.
 */
@Singleton
public class PublicPages {

  private static final int ETAG_BYTES = 12;

  private final AsyncCache<String, Rendered> pages;
  private final ObjectMapper json;
  private final String cacheControl;

  PublicPages(ObjectMapper json, HttpConfig config) {
    this.json = json;
    this.cacheControl = "public, max-age=" + config.cache().ttl().toSeconds();
    this.pages =
        Caffeine.newBuilder()
            .maximumWeight(config.cache().bytes())
            .weigher((String key, Rendered page) -> key.length() + page.body.length)
            .expireAfterWrite(config.cache().ttl())
            .buildAsync();
  }

  /**
   * Answers a page.
   *
   * @param key names the page and everything that its content depends on
   * @param ifNoneMatch the request's header; the same page is answered with 304
   * @param load reads the page, without the caller's token
   */
  public Uni<Response> get(String key, String ifNoneMatch, Supplier<? extends Uni<?>> load) {
    CompletableFuture<Rendered> page =
        pages.get(key, (k, executor) -> load.get().map(this::render).subscribeAsCompletionStage());
    if (page.isDone() && !page.isCompletedExceptionally()) {
      return Uni.createFrom().item(answer(page.join(), ifNoneMatch));
    }
    return Uni.createFrom().completionStage(page).map(p -> answer(p, ifNoneMatch));
  }

  private Response answer(Rendered page, String ifNoneMatch) {
    Response.ResponseBuilder response =
        page.etag.equals(ifNoneMatch)
            ? Response.notModified()
            : Response.ok(page.body, MediaType.APPLICATION_JSON_TYPE);
    return response.header("ETag", page.etag).header("Cache-Control", cacheControl).build();
  }

  private Rendered render(Object page) {
    try {
      byte[] body = json.writeValueAsBytes(page);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return new Rendered(body, '"' + HexFormat.of().formatHex(hash, 0, ETAG_BYTES) + '"');
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("a page cannot be written", e);
    }
  }

  private record Rendered(byte[] body, String etag) {}
}
