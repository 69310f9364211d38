package io.siyu.mall.platform.personal;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * A service that keeps personal data does not start without its keys. One that keeps none has no
 * {@link PersonalCipher} (Quarkus removes beans that nobody injects) and needs no keys.
 */
@ApplicationScoped
class PersonalCipherAtStart {

  void check(@Observes StartupEvent event) {
    if (!Arc.container().beanManager().getBeans(PersonalCipher.class).isEmpty()) {
      Arc.container().instance(PersonalCipher.class).get();
    }
  }
}
