package io.siyu.mall.platform.identity;

import io.grpc.BindableService;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

/** A service with a method of which the contract does not say who may call it does not start. */
@ApplicationScoped
class AccessRulesAtStart {

  void check(@Observes StartupEvent start, @Any Instance<BindableService> services) {
    for (BindableService service : services) {
      service
          .bindService()
          .getServiceDescriptor()
          .getMethods()
          .forEach(method -> AccessRule.of(method));
    }
  }
}
