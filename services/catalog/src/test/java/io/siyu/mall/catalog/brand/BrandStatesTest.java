package io.siyu.mall.catalog.brand;

import static io.siyu.mall.catalog.brand.BrandState.OFF_SALE;
import static io.siyu.mall.catalog.brand.BrandState.ON_SALE;

import io.siyu.mall.platform.test.StateMachineContract;

class BrandStatesTest extends StateMachineContract<BrandState> {

  BrandStatesTest() {
    super("brand", "品牌 Brand", BrandState.TABLE);
    allow(ON_SALE, OFF_SALE);
    allow(OFF_SALE, ON_SALE);
  }
}
