package io.siyu.mall.platform.identity;

import io.quarkus.arc.DefaultBean;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Client credentials at Keycloak; fetched when first needed and again shortly before they expire.
 */
@ApplicationScoped
@DefaultBean
public class KeycloakServiceTokens implements ServiceTokens {

  private final OidcClient client;
  private final TokensHelper helper = new TokensHelper();

  KeycloakServiceTokens(OidcClient client) {
    this.client = client;
  }

  @Override
  public Uni<String> token() {
    return helper.getTokens(client).map(Tokens::getAccessToken);
  }
}
