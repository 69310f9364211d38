package io.siyu.mall.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One caller of one HTTP server: base address, bearer token, JSON in and out. Every POST gets a
 * fresh {@code Idempotency-Key} unless one is given.
 */
public final class Api {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI base;
  private final String token;

  private Api(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /**
   * A caller without a token.
   *
   * @param base address of the server, without a path
   */
  public static Api anonymous(URI base) {
    return new Api(base, null);
  }

  /** The same server, called with a token. */
  public Api as(String bearerToken) {
    return new Api(base, bearerToken);
  }

  /** The bearer token, null for an anonymous caller. */
  String token() {
    return token;
  }

  /** A server's answer. */
  public record Answer(String request, int status, String body) {
    /** The body as JSON. */
    public JsonNode json() {
      try {
        return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new StoryFailure(request + " answered " + status + " without JSON: " + body, e);
      }
    }

    /**
     * The body, if the status is 2xx; otherwise the story fails with what the problem document
     * says.
     */
    public JsonNode ok() {
      if (status / 100 != 2) {
        throw new StoryFailure(request + " answered " + status + ": " + body);
      }
      return json();
    }

    /** Fails unless the answer is a problem document with this status and reason. */
    public void refused(int expectedStatus, String reason) {
      StoryFailure.expectEqual(
          request, expectedStatus + " " + reason, status + " " + json().path("reason").asText());
    }
  }

  public Answer get(String path) {
    return send(request(path).GET(), "GET " + path);
  }

  public Answer post(String path, Map<String, ?> body) {
    return post(path, body, UUID.randomUUID().toString());
  }

  /** Posts under a given {@code Idempotency-Key}. */
  public Answer post(String path, Map<String, ?> body, String idempotencyKey) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(json(body)),
        "POST " + path);
  }

  /** Posts a form, as token endpoints want it. */
  public Answer postForm(String path, Map<String, String> form) {
    String encoded =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded)),
        "POST " + path);
  }

  /** Posts bytes of one media type with extra headers. */
  public Answer postRaw(String path, String contentType, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request, "POST " + path);
  }

  /**
   * Any method.
   *
   * @param body null for none
   */
  Answer send(String method, String path, JsonNode body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path);
    headers.forEach(request::header);
    if (body == null) {
      return send(request.method(method, BodyPublishers.noBody()), method + " " + path);
    }
    request.header("Content-Type", "application/json");
    return send(
        request.method(method, BodyPublishers.ofString(body.toString())), method + " " + path);
  }

  /** The {@code ETag} under which a thing is now; of something that has none, the first. */
  String etag(String path) {
    HttpRequest request = request(path).GET().build();
    try {
      return HTTP.send(request, BodyHandlers.discarding())
          .headers()
          .firstValue("ETag")
          .orElse("\"1\"");
    } catch (IOException e) {
      throw new StoryFailure("GET " + path + ": no answer (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Accept", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private static BodyPublisher json(Map<String, ?> body) {
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Answer send(HttpRequest.Builder builder, String what) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response =
          HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(what, response.statusCode(), response.body());
    } catch (IOException e) {
      throw new StoryFailure(what + ": no answer from " + request.uri() + " (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted", e);
    }
  }
}
