package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.Prices;
import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.SkuDraft;
import java.util.Set;

/**
 * What a file speaks of: it changes that of what is known, and leaves the rest as it is.
 *
 * @param columns of the file
 */
record Stated(Set<Column> columns) {

  /** The product as it is to be. */
  ProductContent content(ProductContent row, ProductContent known) {
    return new ProductContent(
        row.categoryId(),
        row.title(),
        pick(Column.BRIEF, row.brief(), known.brief()),
        pick(Column.UNIT, row.unit(), known.unit()),
        pick(Column.KEYWORDS, row.keywords(), known.keywords()),
        pick(Column.COVER, row.coverUrl(), known.coverUrl()),
        pick(Column.GALLERY, row.galleryUrls(), known.galleryUrls()),
        pick(Column.ATTRIBUTES, row.attributes(), known.attributes()),
        pick(Column.DETAIL_HTML, row.detailHtml(), known.detailHtml()));
  }

  /** The SKU as it is to be; its stock is no business of the file. */
  SkuDraft sku(SkuDraft row, StoredGoods.Sku known) {
    return new SkuDraft(
        row.skuNo(),
        pick(Column.SPEC, row.specs(), known.specs()),
        new Prices(
            pick(Column.LIST_PRICE_YUAN, row.prices().list(), known.prices().list()),
            row.prices().price()),
        row.initialStock(),
        pick(Column.AFTER_SALE_DAYS, row.afterSaleDays(), known.afterSaleDays()));
  }

  /** Whether the product is to be on sale. */
  boolean onSale(boolean row, boolean known) {
    return pick(Column.ON_SALE, row, known);
  }

  private <T> T pick(Column column, T row, T known) {
    return columns.contains(column) ? row : known;
  }
}
