package io.siyu.mall.platform.outbox;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The table of a service that sends nothing. */
@ApplicationScoped
class NoSubscriptions {

  @Produces
  @Singleton
  @DefaultBean
  Subscriptions none() {
    return Subscriptions.none();
  }
}
