package io.siyu.mall.order.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The alert looks at increases, and the first refusal of a kind is one only from zero. */
class NotificationCountersTest {

  @Test
  void areThereBeforeTheFirstMessage() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    new HandleNotification(null, null, null, meters);
    for (String kind : List.of("payment", "refund")) {
      for (String outcome :
          List.of("taken", "error", "notification_not_genuine", "payment_mismatch")) {
        assertEquals(
            0,
            meters
                .get("mall.payment.notifications")
                .tags("kind", kind, "outcome", outcome)
                .counter()
                .count());
      }
    }
  }
}
