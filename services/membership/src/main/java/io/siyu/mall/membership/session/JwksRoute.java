package io.siyu.mall.membership.session;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Publishes the public keys at {@code GET /jwks}. */
@ApplicationScoped
public class JwksRoute {

  private final SigningKeys keys;

  @Inject
  JwksRoute(SigningKeys keys) {
    this.keys = keys;
  }

  void mount(@Observes Router router) {
    router
        .get("/jwks")
        .handler(
            request ->
                request
                    .response()
                    .putHeader("Content-Type", "application/jwk-set+json")
                    .putHeader("Cache-Control", "public, max-age=300")
                    .end(keys.published()));
  }
}
