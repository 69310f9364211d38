package io.siyu.mall.catalog.product;

import static io.siyu.mall.catalog.product.ProductState.DRAFT;
import static io.siyu.mall.catalog.product.ProductState.PUBLISHED;
import static io.siyu.mall.catalog.product.ProductState.WITHDRAWN;

import io.siyu.mall.platform.test.StateMachineContract;

class ProductStatesTest extends StateMachineContract<ProductState> {

  ProductStatesTest() {
    super("product", "商品 Product", ProductState.TABLE);
    allow(DRAFT, PUBLISHED);
    allow(PUBLISHED, WITHDRAWN);
    allow(WITHDRAWN, PUBLISHED);
  }
}
