package io.siyu.mall.platform.inbox;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The table of a service that listens to nobody. */
@ApplicationScoped
class NoEventHandlers {

  @Produces
  @Singleton
  @DefaultBean
  EventHandlers none() {
    return EventHandlers.start();
  }
}
