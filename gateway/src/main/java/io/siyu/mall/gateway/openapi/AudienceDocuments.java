package io.siyu.mall.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code /shop/openapi}, {@code /partner/openapi}, {@code /admin/openapi}: one document per
 * audience.
 */
@Singleton
public class AudienceDocuments {

  private static final String GENERATED = "META-INF/quarkus-generated-openapi-doc.JSON";

  private final ObjectMapper json;

  AudienceDocuments(ObjectMapper json) {
    this.json = json;
  }

  void register(@Observes Router router) {
    JsonNode whole = read();
    serve(router, "/shop", "Siyu Mall · 会员 Shop API", "member", whole);
    serve(router, "/partner", "Siyu Mall · 分销员 Partner API", "member", whole);
    serve(router, "/admin", "Siyu Mall · 员工 Admin API", "staff", whole);
  }

  private void serve(Router router, String root, String title, String scheme, JsonNode whole) {
    Buffer document = write(new AudienceDocument(whole).cut(root + "/v1/", title, scheme));
    router
        .get(root + "/openapi")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-cache")
                    .end(document));
  }

  private JsonNode read() {
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(GENERATED)) {
      if (in == null) {
        throw new IllegalStateException("the build made no " + GENERATED);
      }
      return json.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Buffer write(JsonNode document) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
