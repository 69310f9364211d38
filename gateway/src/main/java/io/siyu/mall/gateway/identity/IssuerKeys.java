package io.siyu.mall.gateway.identity;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.Tenant;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Asks both issuers for their keys now and then, so that a key that an issuer took back is not
 * believed for ever. Quarkus (3.30) fetches keys again only when a token names one that it does not
 * know; so now and then it is shown such a token. When an issuer does not answer, its last keys
 * stay.
 */
@ApplicationScoped
class IssuerKeys {

  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

  /** Signed by nobody, under a key that no issuer publishes. */
  private static final String STRANGER =
      String.join(
          ".",
          base64("{\"alg\":\"RS256\",\"kid\":\"renew-the-keys\"}"),
          base64("{\"exp\":4102444800,\"iat\":0,\"sub\":\"nobody\"}"),
          base64("nothing"));

  private final TenantIdentityProvider staff;
  private final TenantIdentityProvider member;
  private final Duration every;
  private long timer;

  IssuerKeys(
      @Tenant("staff") TenantIdentityProvider staff,
      @Tenant("member") TenantIdentityProvider member,
      @ConfigProperty(name = "mall.identity.keys-every") Duration every) {
    this.staff = staff;
    this.member = member;
    this.every = every;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    timer = vertx.setPeriodic(every.toMillis(), id -> renew());
  }

  void stop(@Observes ShutdownEvent event, Vertx vertx) {
    vertx.cancelTimer(timer);
  }

  private void renew() {
    renew("staff", staff);
    renew("member", member);
  }

  private static void renew(String issuer, TenantIdentityProvider tokens) {
    tokens
        .authenticate(new AccessTokenCredential(STRANGER))
        .subscribe()
        .with(
            impossible -> LOG.errorf("the issuer %s vouches for a token of nobody", issuer),
            refused -> LOG.debugf("the keys of the issuer %s were asked for", issuer));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
