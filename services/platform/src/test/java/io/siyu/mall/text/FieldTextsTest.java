package io.siyu.mall.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.test.TextContract;
import io.siyu.mall.proto.catalog.v1.Attribute;
import io.siyu.mall.proto.catalog.v1.CreateProductRequest;
import io.siyu.mall.proto.catalog.v1.SkuDraft;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.Event;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FieldTextsTest {

  /** A new field is a new word or one that is known; a list of what is neither. */
  @Test
  void everyTextOfEveryRequestHasItsType() {
    Set<String> unknown = new TreeSet<>();
    TextContract.methods("io.siyu.mall.proto").stream()
        .map(TextContract::input)
        .filter(FieldTexts::isFromOutside)
        .flatMap(request -> TextContract.texts(request).stream())
        .filter(text -> FieldTexts.of(text.field()) == null)
        .forEach(text -> unknown.add(text.field().getFullName()));
    assertEquals(Set.of(), unknown);
  }

  @Test
  void aRequestIsReadWhole() {
    CreateProductRequest request =
        CreateProductRequest.newBuilder()
            .setRequestId("\u00A0stays as it is")
            .setProductNo("Ｋ－１\u200B")
            .setTitle("蒙山\u3000纯棉")
            .addKeywords("一\uFEFF")
            .addKeywords("二\u202E三")
            .addSkus(
                SkuDraft.newBuilder()
                    .setSkuNo("<b>")
                    .addSpecs(Attribute.newBuilder().setName(" 颜色 ").setValue("米白")))
            .build();
    RequestTexts.Read<CreateProductRequest> read = RequestTexts.of(request);
    assertEquals("K-1", read.request().getProductNo());
    assertEquals("蒙山 纯棉", read.request().getTitle());
    assertEquals("一", read.request().getKeywords(0));
    assertEquals("颜色", read.request().getSkus(0).getSpecs(0).getName());
    assertEquals("\u00A0stays as it is", read.request().getRequestId());
    assertEquals(
        java.util.List.of("keywords[1]", "skus[0].sku_no"),
        read.problems().stream().map(RequestTexts.Problem::field).toList());
    assertTrue(RequestTexts.of(read.request()).problems().size() == 2);
  }

  @Test
  void whatIsNormalStaysTheSameObject() {
    CreateProductRequest request =
        CreateProductRequest.newBuilder().setTitle("毛巾").addKeywords("棉").build();
    assertSame(request, RequestTexts.of(request).request());
  }

  @Test
  void whatServicesTellEachOtherIsNotTouched() {
    DeliverRequest request =
        DeliverRequest.newBuilder().addEvents(Event.newBuilder().setType("a b\u200B")).build();
    assertSame(request, RequestTexts.of(request).request());
  }
}
