package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.brand.BrandId;
import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a brand offers, with its SKUs. */
@Entity
@Table(name = "product")
public class Product {

  @Id private UUID id;
  private UUID brandId;
  private String productNo;
  private UUID categoryId;
  private String title;
  private String brief;
  private String unit;

  @Convert(converter = TextsConverter.class)
  @Column(columnDefinition = "text")
  private List<String> keywords;

  private String coverUrl;

  @Convert(converter = TextsConverter.class)
  @Column(columnDefinition = "mediumtext")
  private List<String> gallery;

  @Convert(converter = NamedValuesConverter.class)
  @Column(columnDefinition = "mediumtext")
  private List<NamedValue> attributes;

  @Column(columnDefinition = "mediumtext")
  private String detailHtml;

  @Enumerated(EnumType.STRING)
  private ProductState state = ProductState.DRAFT;

  private String stateReason;
  private Money priceFrom;
  @Version private long version;
  private Instant createdAt;
  private Instant publishedAt;
  private Instant listedAt;

  @OneToMany(mappedBy = "product", cascade = CascadeType.ALL)
  @OrderBy("position")
  private List<Sku> skus = new ArrayList<>();

  @Transient private List<PriceChange> priceChanges = new ArrayList<>();

  protected Product() {}

  /**
   * A new product, not yet on sale.
   *
   * @param createdBy the staff member, kept in the price history
   * @throws DomainException INVALID_ARGUMENT with every field that is wrong
   */
  public static Product create(
      BrandId brand,
      String productNo,
      ProductContent content,
      List<SkuDraft> drafts,
      String createdBy,
      Instant now) {
    validate(productNo, content, drafts);
    Product product = new Product();
    product.id = ProductId.next().value();
    product.brandId = brand.value();
    product.productNo = TextType.PRODUCT_NO.normal(productNo);
    product.take(content);
    product.stateReason = "";
    product.createdAt = now;
    product.listedAt = now;
    for (SkuDraft draft : drafts) {
      Sku sku = new Sku(product, draft, product.skus.size());
      product.skus.add(sku);
      product.priceChanges.add(
          new PriceChange(sku.id(), sku.prices(), now, createdBy, "first price"));
    }
    product.lowerPriceFrom();
    return product;
  }

  private static void validate(String productNo, ProductContent content, List<SkuDraft> drafts) {
    Validation validation = Validation.start();
    validation.required(TextType.PRODUCT_NO, "product_no", productNo);
    content.validate(validation);
    validation.require(
        !drafts.isEmpty() && drafts.size() <= Bounds.SKUS, "skus", "must be 1 to " + Bounds.SKUS);
    for (int i = 0; i < drafts.size(); i++) {
      drafts.get(i).validate("skus[" + i + "].", validation);
    }
    validation
        .require(
            drafts.stream().map(SkuDraft::skuNo).distinct().count() == drafts.size(),
            "skus",
            "must have different numbers")
        .require(
            drafts.stream().map(SkuDraft::specs).distinct().count() == drafts.size(),
            "skus",
            "must have different specs")
        .check();
  }

  /**
   * Changes what people read about it.
   *
   * @param expectedVersion the version that the caller saw
   * @throws DomainException ABORTED STALE_VERSION when somebody changed it meanwhile;
   *     INVALID_ARGUMENT with every field that is wrong
   */
  public void revise(long expectedVersion, ProductContent content) {
    if (expectedVersion != version) {
      throw new DomainException(
              Kind.ABORTED, "STALE_VERSION", "the product was changed by somebody else")
          .with("current_version", version);
    }
    content.validate(Validation.start()).check();
    take(content);
  }

  /** Puts it on sale; one that is on sale already stays as it is. */
  public void publish(Instant now) {
    if (state == ProductState.PUBLISHED) {
      return;
    }
    moveTo(ProductState.PUBLISHED, "");
    publishedAt = now;
    listedAt = now;
  }

  /**
   * Takes it off sale; one that was taken off already stays as it is.
   *
   * @param reason for the brand's staff
   */
  public void withdraw(String reason) {
    Validation.start().optional(TextType.REASON, "reason", reason).check();
    if (state == ProductState.WITHDRAWN) {
      return;
    }
    moveTo(ProductState.WITHDRAWN, TextType.REASON.normal(reason));
  }

  /**
   * Gives a SKU another price. The same price again changes nothing.
   *
   * @throws DomainException NOT_FOUND SKU_UNKNOWN; INVALID_ARGUMENT for prices that cannot be
   */
  public void changePrice(
      SkuId skuId, Prices prices, String changedBy, String reason, Instant now) {
    prices.validate("", Validation.start()).optional(TextType.REASON, "reason", reason).check();
    Sku sku =
        skus.stream()
            .filter(s -> s.id().equals(skuId))
            .findFirst()
            .orElseThrow(() -> DomainException.notFound("SKU_UNKNOWN", "no such SKU"));
    if (sku.prices().equals(prices)) {
      return;
    }
    sku.reprice(prices);
    priceChanges.add(
        new PriceChange(skuId, prices, now, changedBy, TextType.REASON.normal(reason)));
    lowerPriceFrom();
  }

  /**
   * One more SKU.
   *
   * @param by the staff member, kept in the price history
   * @throws DomainException INVALID_ARGUMENT with every field that is wrong, a number or specs that
   *     another SKU of it has among them; FAILED_PRECONDITION TOO_MANY_SKUS
   */
  public Sku addSku(SkuDraft draft, String by, Instant now) {
    draft
        .validate("sku.", Validation.start())
        .require(
            skus.stream().noneMatch(s -> s.skuNo().equals(draft.skuNo())),
            "sku.sku_no",
            "is the number of another SKU of the product")
        .require(
            skus.stream().noneMatch(s -> s.specs().equals(draft.specs())),
            "sku.specs",
            "are those of another SKU of the product")
        .check();
    if (skus.size() >= Bounds.SKUS) {
      throw DomainException.precondition(
          "TOO_MANY_SKUS", "a product has at most " + Bounds.SKUS + " SKUs");
    }
    int position = skus.stream().mapToInt(Sku::position).max().orElse(-1) + 1;
    Sku sku = new Sku(this, draft, position);
    skus.add(sku);
    priceChanges.add(new PriceChange(sku.id(), sku.prices(), now, by, "first price"));
    lowerPriceFrom();
    return sku;
  }

  /** The price changes since the last call, for the price history. */
  public List<PriceChange> takePriceChanges() {
    List<PriceChange> taken = List.copyOf(priceChanges);
    priceChanges.clear();
    return taken;
  }

  private void moveTo(ProductState next, String reason) {
    ProductState.TABLE.check(state, next);
    state = next;
    stateReason = reason;
  }

  private void lowerPriceFrom() {
    priceFrom = skus.stream().map(s -> s.prices().price()).reduce(Money::min).orElse(Money.ZERO);
  }

  private void take(ProductContent content) {
    categoryId = content.categoryId().value();
    title = content.title();
    brief = content.brief();
    unit = content.unit();
    keywords = content.keywords();
    coverUrl = content.coverUrl();
    gallery = content.galleryUrls();
    attributes = content.attributes();
    detailHtml = content.detailHtml();
  }

  public ProductId id() {
    return new ProductId(id);
  }

  public BrandId brandId() {
    return new BrandId(brandId);
  }

  /** The brand's own number of it. */
  public String productNo() {
    return productNo;
  }

  public CategoryId categoryId() {
    return new CategoryId(categoryId);
  }

  public ProductState state() {
    return state;
  }

  /** Why it was taken off sale; empty otherwise. */
  public String stateReason() {
    return stateReason;
  }

  /** The lowest price of its SKUs. */
  public Money priceFrom() {
    return priceFrom;
  }

  public long version() {
    return version;
  }

  /** When it was last put on sale; null when it never was. */
  public Instant publishedAt() {
    return publishedAt;
  }

  /** The collection as it is mapped, for whoever must load it. */
  List<Sku> mappedSkus() {
    return skus;
  }

  public List<Sku> skus() {
    return List.copyOf(skus);
  }
}
