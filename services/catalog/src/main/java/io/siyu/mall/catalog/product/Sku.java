package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;

/** One variant of a {@link Product} that can be bought. Its stock is kept apart. */
@Entity
@Table(name = "sku")
public class Sku {

  @Id private UUID id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "product_id", nullable = false, updatable = false)
  private Product product;

  private UUID brandId;
  private String skuNo;
  private int position;

  @Convert(converter = NamedValuesConverter.class)
  @Column(columnDefinition = "text")
  private List<NamedValue> specs;

  private String specText;
  private Money listPrice;
  private Money price;
  private int afterSaleDays;

  protected Sku() {}

  Sku(Product product, SkuDraft draft, int position) {
    this.id = SkuId.next().value();
    this.product = product;
    this.brandId = product.brandId().value();
    this.skuNo = draft.skuNo();
    this.position = position;
    this.specs = draft.specs();
    this.specText = NamedValue.text(draft.specs());
    this.listPrice = draft.prices().list();
    this.price = draft.prices().price();
    this.afterSaleDays = draft.afterSaleDays();
  }

  void reprice(Prices prices) {
    this.listPrice = prices.list();
    this.price = prices.price();
  }

  public SkuId id() {
    return new SkuId(id);
  }

  public String skuNo() {
    return skuNo;
  }

  public int position() {
    return position;
  }

  public List<NamedValue> specs() {
    return specs;
  }

  public String specText() {
    return specText;
  }

  public Prices prices() {
    return new Prices(listPrice, price);
  }

  public int afterSaleDays() {
    return afterSaleDays;
  }
}
