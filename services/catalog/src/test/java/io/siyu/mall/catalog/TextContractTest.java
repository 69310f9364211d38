package io.siyu.mall.catalog;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TextContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class TextContractTest {

  @TestFactory
  Stream<DynamicTest> whatNobodyShouldSeeIsRefused() {
    return TextContract.of("io.siyu.mall.proto.catalog.v1");
  }
}
