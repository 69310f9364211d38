package io.siyu.mall.cps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.test.AccessContract;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.proto.common.v1.Events;
import io.siyu.mall.proto.cps.v1.Cps;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every method of the service × every caller. Outside orders belong to no brand. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(CpsEnvironment.class)
class AccessTest {

  @Test
  void everyMethodForEveryCaller() {
    assertEquals(
        List.of(),
        AccessContract.ofBrands("miaomiao", "another")
            .services(Cps.getDescriptor().getServices())
            .services(Events.getDescriptor().getServices())
            .wrong());
  }
}
