package io.siyu.mall.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siyu.mall.local.LocalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The few HTTP calls that the runner makes. */
public final class Http {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MILLIS = 60_000;

  private Http() {}

  /**
   * An answer.
   *
   * @param body JSON, or a missing node if there is none
   */
  public record Answer(int status, JsonNode body) {

    /** True for 2xx. */
    public boolean ok() {
      return status / 100 == 2;
    }
  }

  /** Reads a JSON document. */
  public static Answer get(String url, Map<String, String> headers) {
    return send("GET", url, headers, null);
  }

  /** Sends JSON. */
  public static Answer post(String url, Map<String, String> headers, JsonNode body) {
    return send(
        "POST",
        url,
        with(headers, "Content-Type", "application/json"),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a web form. */
  public static Answer form(String url, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        "POST",
        url,
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a file and fields as {@code multipart/form-data}. */
  public static Answer upload(
      String url,
      Map<String, String> headers,
      Map<String, String> fields,
      String fileName,
      byte[] file) {
    String boundary = "----mall-" + Integer.toHexString(Arrays.hashCode(file));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) ->
            write(body, part(boundary, "name=\"" + name + "\"", "text/plain") + value + "\r\n"));
    write(body, part(boundary, "name=\"file\"; filename=\"" + fileName + "\"", "text/csv"));
    body.writeBytes(file);
    write(body, "\r\n--" + boundary + "--\r\n");
    return send(
        "POST",
        url,
        with(headers, "Content-Type", "multipart/form-data; boundary=" + boundary),
        body.toByteArray());
  }

  private static String part(String boundary, String disposition, String type) {
    return "--"
        + boundary
        + "\r\nContent-Disposition: form-data; "
        + disposition
        + "\r\nContent-Type: "
        + type
        + "; charset=UTF-8\r\n\r\n";
  }

  private static void write(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer send(String method, String url, Map<String, String> headers, byte[] body) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      headers.forEach(connection::setRequestProperty);
      if (body != null) {
        connection.setDoOutput(true);
        connection.getOutputStream().write(body);
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return new Answer(status, json(in));
      }
    } catch (IOException e) {
      String told = method + " " + url + " got no answer (" + e.getMessage() + ")";
      throw new LocalException(told + "; is the platform up? ./mall up starts it.", e);
    }
  }

  private static JsonNode json(InputStream in) throws IOException {
    byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException notJson) {
      return JSON.getNodeFactory().textNode(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
