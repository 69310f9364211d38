package io.siyu.mall.catalog.product;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.catalog.brand.BrandCommands;
import io.siyu.mall.catalog.brand.BrandId;
import io.siyu.mall.catalog.brand.BrandQueries;
import io.siyu.mall.catalog.brand.BrandView;
import io.siyu.mall.catalog.category.CategoryCommands;
import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.catalog.category.CategoryQueries;
import io.siyu.mall.catalog.category.CategoryView;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.proto.catalog.v1.AddSkuRequest;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.ChangePriceRequest;
import io.siyu.mall.proto.catalog.v1.CreateBrandRequest;
import io.siyu.mall.proto.catalog.v1.CreateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.CreateProductRequest;
import io.siyu.mall.proto.catalog.v1.DeleteCategoryRequest;
import io.siyu.mall.proto.catalog.v1.DeleteCategoryResponse;
import io.siyu.mall.proto.catalog.v1.GetBrandRequest;
import io.siyu.mall.proto.catalog.v1.GetCategoryRequest;
import io.siyu.mall.proto.catalog.v1.GetProductRequest;
import io.siyu.mall.proto.catalog.v1.ListBrandsRequest;
import io.siyu.mall.proto.catalog.v1.ListBrandsResponse;
import io.siyu.mall.proto.catalog.v1.ListCategoriesRequest;
import io.siyu.mall.proto.catalog.v1.ListCategoriesResponse;
import io.siyu.mall.proto.catalog.v1.ListPriceHistoryRequest;
import io.siyu.mall.proto.catalog.v1.ListPriceHistoryResponse;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsResponse;
import io.siyu.mall.proto.catalog.v1.PublishProductRequest;
import io.siyu.mall.proto.catalog.v1.PutBrandOnSaleRequest;
import io.siyu.mall.proto.catalog.v1.QuoteSkusRequest;
import io.siyu.mall.proto.catalog.v1.QuoteSkusResponse;
import io.siyu.mall.proto.catalog.v1.TakeBrandOffSaleRequest;
import io.siyu.mall.proto.catalog.v1.UpdateBrandRequest;
import io.siyu.mall.proto.catalog.v1.UpdateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.UpdateProductRequest;
import io.siyu.mall.proto.catalog.v1.WithdrawProductRequest;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The endpoint of brands, categories and products. */
@GrpcService
public class CatalogGrpc implements Catalog {

  private static final int MAX_QUOTES = 200;

  private final BrandCommands brandCommands;
  private final BrandQueries brandQueries;
  private final CategoryCommands categoryCommands;
  private final CategoryQueries categoryQueries;
  private final ProductCommands productCommands;
  private final ProductQueries productQueries;
  private final SkuQueries skuQueries;
  private final Idempotency idempotency;

  CatalogGrpc(
      BrandCommands brandCommands,
      BrandQueries brandQueries,
      CategoryCommands categoryCommands,
      CategoryQueries categoryQueries,
      ProductCommands productCommands,
      ProductQueries productQueries,
      SkuQueries skuQueries,
      Idempotency idempotency) {
    this.brandCommands = brandCommands;
    this.brandQueries = brandQueries;
    this.categoryCommands = categoryCommands;
    this.categoryQueries = categoryQueries;
    this.productCommands = productCommands;
    this.productQueries = productQueries;
    this.skuQueries = skuQueries;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<Brand> createBrand(CreateBrandRequest r) {
    return idempotency.once(
        RequestKey.of("catalog.CreateBrand", r.getRequestId(), r),
        Brand.parser(),
        () ->
            brandCommands
                .create(r.getCode(), r.getName(), r.getLogoUrl(), r.getStory())
                .map(BrandView::of)
                .map(CatalogProto::to));
  }

  @Override
  public Uni<Brand> updateBrand(UpdateBrandRequest r) {
    Caller caller = Caller.current();
    BrandId id = BrandId.parse(r.getBrandId());
    return idempotency.once(
        RequestKey.of("catalog.UpdateBrand", r.getRequestId(), r),
        Brand.parser(),
        () ->
            brandCommands
                .revise(caller, id, r.getVersion(), r.getName(), r.getLogoUrl(), r.getStory())
                .call(brand -> productCommands.brandRenamed(id, brand.name()))
                .map(BrandView::of)
                .map(CatalogProto::to));
  }

  @Override
  public Uni<Brand> takeBrandOffSale(TakeBrandOffSaleRequest r) {
    Caller caller = Caller.current();
    BrandId id = BrandId.parse(r.getBrandId());
    return idempotency.once(
        RequestKey.of("catalog.TakeBrandOffSale", r.getRequestId(), r),
        Brand.parser(),
        () ->
            brandCommands
                .takeOffSale(caller, id, r.getReason())
                .map(BrandView::of)
                .map(CatalogProto::to));
  }

  @Override
  public Uni<Brand> putBrandOnSale(PutBrandOnSaleRequest r) {
    Caller caller = Caller.current();
    BrandId id = BrandId.parse(r.getBrandId());
    return idempotency.once(
        RequestKey.of("catalog.PutBrandOnSale", r.getRequestId(), r),
        Brand.parser(),
        () -> brandCommands.putOnSale(caller, id).map(BrandView::of).map(CatalogProto::to));
  }

  @Override
  public Uni<Brand> getBrand(GetBrandRequest request) {
    Caller caller = Caller.current();
    Uni<BrandView> brand =
        switch (request.getKeyCase()) {
          case BRAND_ID -> brandQueries.byId(caller, BrandId.parse(request.getBrandId()));
          case CODE -> brandQueries.byCode(caller, request.getCode());
          case KEY_NOT_SET -> throw DomainException.invalid("brand_id", "or code must be given");
        };
    return brand.map(CatalogProto::to);
  }

  @Override
  public Uni<ListBrandsResponse> listBrands(ListBrandsRequest request) {
    return brandQueries
        .list(Caller.current(), PageSize.of(request.getPageSize()), request.getPageToken())
        .map(
            page ->
                ListBrandsResponse.newBuilder()
                    .addAllBrands(page.brands().stream().map(CatalogProto::to).toList())
                    .setNextPageToken(page.nextPageToken())
                    .build());
  }

  @Override
  public Uni<Category> createCategory(CreateCategoryRequest r) {
    UUID parent = Ids.parseOptional("parent_id", r.getParentId());
    return idempotency.once(
        RequestKey.of("catalog.CreateCategory", r.getRequestId(), r),
        Category.parser(),
        () ->
            categoryCommands
                .create(
                    parent == null ? null : new CategoryId(parent), r.getName(), r.getSortOrder())
                .map(CategoryView::of)
                .map(CatalogProto::to));
  }

  @Override
  public Uni<Category> updateCategory(UpdateCategoryRequest r) {
    CategoryId id = CategoryId.parse(r.getCategoryId());
    UUID parent = Ids.parseOptional("parent_id", r.getParentId());
    return idempotency.once(
        RequestKey.of("catalog.UpdateCategory", r.getRequestId(), r),
        Category.parser(),
        () ->
            categoryCommands
                .revise(
                    id,
                    r.getVersion(),
                    parent == null ? null : new CategoryId(parent),
                    r.getName(),
                    r.getSortOrder(),
                    r.getHidden())
                .map(CategoryView::of)
                .map(CatalogProto::to));
  }

  @Override
  public Uni<DeleteCategoryResponse> deleteCategory(DeleteCategoryRequest r) {
    CategoryId id = CategoryId.parse(r.getCategoryId());
    return idempotency.once(
        RequestKey.of("catalog.DeleteCategory", r.getRequestId(), r),
        DeleteCategoryResponse.parser(),
        () -> categoryCommands.remove(id).replaceWith(DeleteCategoryResponse.getDefaultInstance()));
  }

  @Override
  public Uni<Category> getCategory(GetCategoryRequest request) {
    return categoryQueries.byId(CategoryId.parse(request.getCategoryId())).map(CatalogProto::to);
  }

  @Override
  public Uni<ListCategoriesResponse> listCategories(ListCategoriesRequest request) {
    Uni<List<CategoryView>> categories =
        Caller.current().isStaff() ? categoryQueries.tree() : categoryQueries.shownTree();
    return categories.map(
        tree ->
            ListCategoriesResponse.newBuilder()
                .addAllCategories(tree.stream().map(CatalogProto::to).toList())
                .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Product> createProduct(CreateProductRequest r) {
    Caller caller = Caller.current();
    BrandId brand = BrandId.parse(r.getBrandId());
    ProductContent content = CatalogProto.content(r);
    List<SkuDraft> drafts = CatalogProto.drafts(r);
    return changing(
        RequestKey.of("catalog.CreateProduct", r.getRequestId(), r),
        () -> productCommands.create(caller, brand, r.getProductNo(), content, drafts));
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Product> updateProduct(UpdateProductRequest r) {
    Caller caller = Caller.current();
    ProductId id = ProductId.parse(r.getProductId());
    ProductContent content = CatalogProto.content(r);
    return changing(
        RequestKey.of("catalog.UpdateProduct", r.getRequestId(), r),
        () -> productCommands.revise(caller, id, r.getVersion(), content));
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Product> addSku(AddSkuRequest r) {
    Caller caller = Caller.current();
    ProductId id = ProductId.parse(r.getProductId());
    SkuDraft draft = CatalogProto.draft("sku.", r.getSku());
    return changing(
        RequestKey.of("catalog.AddSku", r.getRequestId(), r),
        () -> productCommands.addSku(caller, id, draft));
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Product> publishProduct(PublishProductRequest r) {
    Caller caller = Caller.current();
    ProductId id = ProductId.parse(r.getProductId());
    return changing(
        RequestKey.of("catalog.PublishProduct", r.getRequestId(), r),
        () -> productCommands.publish(caller, id));
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Product> withdrawProduct(WithdrawProductRequest r) {
    Caller caller = Caller.current();
    ProductId id = ProductId.parse(r.getProductId());
    return changing(
        RequestKey.of("catalog.WithdrawProduct", r.getRequestId(), r),
        () -> productCommands.withdraw(caller, id, r.getReason()));
  }

  /** The SKU's product is looked up before the transaction, which then locks it first of all. */
  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Product> changePrice(ChangePriceRequest r) {
    Caller caller = Caller.current();
    SkuId sku = SkuId.parse(r.getSkuId());
    Prices prices = CatalogProto.prices("", r.getListPrice(), r.getPrice());
    RequestKey key = RequestKey.of("catalog.ChangePrice", r.getRequestId(), r);
    return idempotency.once(
        key,
        io.siyu.mall.proto.catalog.v1.Product.parser(),
        () -> productQueries.ofSku(sku),
        id ->
            productCommands
                .changePrice(caller, id, sku, prices, r.getReason())
                .map(CatalogProto::to));
  }

  @Override
  public Uni<ListPriceHistoryResponse> listPriceHistory(ListPriceHistoryRequest request) {
    Caller caller = Caller.current();
    SkuId sku = SkuId.parse(request.getSkuId());
    int size = PageSize.of(request.getPageSize());
    return productQueries
        .ofSku(sku)
        .chain(product -> productQueries.own(caller, product))
        .chain(() -> skuQueries.prices(sku, size, request.getPageToken()))
        .map(
            page ->
                ListPriceHistoryResponse.newBuilder()
                    .addAllPrices(page.prices().stream().map(CatalogProto::to).toList())
                    .setNextPageToken(page.nextPageToken())
                    .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Product> getProduct(GetProductRequest request) {
    return productQueries
        .get(Caller.current(), ProductId.parse(request.getProductId()))
        .map(CatalogProto::to);
  }

  @Override
  public Uni<ListProductsResponse> listProducts(ListProductsRequest request) {
    return productQueries
        .list(
            CatalogProto.filter(Caller.current(), request),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .map(
            page ->
                ListProductsResponse.newBuilder()
                    .addAllProducts(page.products().stream().map(CatalogProto::to).toList())
                    .setNextPageToken(page.nextPageToken())
                    .build());
  }

  @Override
  public Uni<QuoteSkusResponse> quoteSkus(QuoteSkusRequest request) {
    Validation.start().range("sku_ids", request.getSkuIdsCount(), 0, MAX_QUOTES).check();
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < request.getSkuIdsCount(); i++) {
      ids.add(Ids.parse("sku_ids[" + i + "]", request.getSkuIds(i)));
    }
    return skuQueries
        .quotes(ids)
        .map(
            quotes -> {
              QuoteSkusResponse.Builder response = QuoteSkusResponse.newBuilder();
              ids.forEach(id -> response.addQuotes(CatalogProto.to(id, quotes.get(id))));
              return response.build();
            });
  }

  private Uni<io.siyu.mall.proto.catalog.v1.Product> changing(
      RequestKey key, Supplier<Uni<ProductView>> command) {
    return idempotency.once(
        key,
        io.siyu.mall.proto.catalog.v1.Product.parser(),
        () -> command.get().map(CatalogProto::to));
  }
}
