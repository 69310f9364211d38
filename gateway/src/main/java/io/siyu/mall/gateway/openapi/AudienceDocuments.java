package io.siyu.mall.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code /shop/openapi}, {@code /partner/openapi}, {@code /admin/openapi}: one document per
 * audience. They are part of the public API, since clients are made from them; the pages that show
 * them are at the management port, and so is a copy that names the API's address.
 */
@Singleton
public class AudienceDocuments {

  private static final String GENERATED = "META-INF/quarkus-generated-openapi-doc.JSON";

  private final ObjectMapper json;
  private final String api;

  AudienceDocuments(ObjectMapper json, @ConfigProperty(name = "mall.public.base-url") String api) {
    this.json = json;
    this.api = api;
  }

  void register(@Observes Router router) {
    serve(router, document -> document);
  }

  void register(@Observes ManagementInterface management) {
    serve(
        management.router(),
        document -> {
          document.putArray("servers").addObject().put("url", api);
          return document;
        });
  }

  private void serve(Router router, UnaryOperator<ObjectNode> last) {
    JsonNode whole = read();
    serve(router, "/shop", "Siyu Mall · 会员 Shop API", "member", whole, last);
    serve(router, "/partner", "Siyu Mall · 分销员 Partner API", "member", whole, last);
    serve(router, "/admin", "Siyu Mall · 员工 Admin API", "staff", whole, last);
  }

  private void serve(
      Router router,
      String root,
      String title,
      String scheme,
      JsonNode whole,
      UnaryOperator<ObjectNode> last) {
    Buffer document =
        write(last.apply(new AudienceDocument(whole).cut(root + "/v1/", title, scheme)));
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
