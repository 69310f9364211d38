package io.siyu.mall.order.checkout;

import io.siyu.mall.order.order.OrderProto;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.proto.order.v1.CheckoutLine;
import io.siyu.mall.proto.order.v1.CheckoutPreview;
import java.util.List;

/** Baskets and previews on the wire. */
final class CheckoutProto {

  private CheckoutProto() {}

  static Basket basket(List<CheckoutLine> lines) {
    return Basket.of(
        lines.stream().map(line -> new Basket.Wish(line.getSkuId(), line.getQuantity())).toList());
  }

  static CheckoutPreview preview(PricedBasket priced, String token) {
    CheckoutPreview.Builder preview =
        CheckoutPreview.newBuilder()
            .setGoodsTotal(ProtoMoney.to(priced.goodsTotal()))
            .setReductionTotal(ProtoMoney.to(priced.reductionTotal()))
            .setFreightTotal(ProtoMoney.to(priced.freightTotal()))
            .setPayable(ProtoMoney.to(priced.payable()))
            .setPriceToken(token);
    priced.lines().forEach(line -> preview.addLines(line(line)));
    return preview.build();
  }

  private static io.siyu.mall.proto.order.v1.PricedLine line(PricedLine line) {
    return io.siyu.mall.proto.order.v1.PricedLine.newBuilder()
        .setSkuId(line.sku().skuId().toString())
        .setProductId(line.sku().productId().toString())
        .setBrandId(line.sku().brandId().toString())
        .setBrandCode(line.sku().brandCode())
        .setBrandName(line.sku().brandName())
        .setTitle(line.sku().title())
        .setSpecText(line.sku().specText())
        .setCoverUrl(line.sku().coverUrl())
        .setQuantity(line.quantity())
        .setUnitPrice(ProtoMoney.to(line.unitPrice()))
        .addAllReductions(line.reductions().stream().map(OrderProto::reduction).toList())
        .setPayable(ProtoMoney.to(line.payable()))
        .build();
  }
}
