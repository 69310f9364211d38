package io.siyu.mall.order;

import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.platform.test.TextContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
class TextContractTest extends OrderServiceTest {

  @TestFactory
  Stream<DynamicTest> whatNobodyShouldSeeIsRefused() {
    return TextContract.of("io.siyu.mall.proto.order.v1");
  }
}
