package io.siyu.mall.platform.test;

import io.siyu.mall.platform.identity.ServiceTokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The service's own token in tests: no Keycloak is asked. */
@ApplicationScoped
public class TestServiceTokens implements ServiceTokens {

  @ConfigProperty(name = "mall.service.client-id")
  String service;

  @Override
  public Uni<String> token() {
    return Uni.createFrom().item(() -> TestTokens.service(service));
  }
}
