package io.siyu.mall.cps;

import io.siyu.mall.platform.test.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HouseRulesTest {

  @TestFactory
  Stream<DynamicTest> house() {
    return HouseRules.of("io.siyu.mall.cps").tests();
  }
}
