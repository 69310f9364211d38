package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.brand.Brand;
import io.siyu.mall.catalog.brand.BrandCommands;
import io.siyu.mall.catalog.brand.BrandQueries;
import io.siyu.mall.catalog.brand.BrandView;
import io.siyu.mall.catalog.category.Category;
import io.siyu.mall.catalog.category.CategoryCommands;
import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.catalog.category.CategoryQueries;
import io.siyu.mall.catalog.category.CategoryView;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.text.Excerpt;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * The brands and categories that the rows of one import name, looked up once and made where they
 * are missing and the caller may. Belongs to the thread of one import.
 */
final class ImportPlaces {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_SLUG = 30;

  private final BrandQueries brandQueries;
  private final BrandCommands brandCommands;
  private final CategoryQueries categoryQueries;
  private final CategoryCommands categoryCommands;
  private final Jobs jobs;
  private final ImportOrder order;
  private final Map<String, BrandView> brandsByCode = new HashMap<>();
  private final Map<String, BrandView> brandsByName = new HashMap<>();
  private final Map<String, UUID> categories = new HashMap<>();

  /** What was refused once is not tried again for every row that names it. */
  private final Map<String, String> refusals = new HashMap<>();

  ImportPlaces(
      BrandQueries brandQueries,
      BrandCommands brandCommands,
      CategoryQueries categoryQueries,
      CategoryCommands categoryCommands,
      Jobs jobs,
      ImportOrder order) {
    this.brandQueries = brandQueries;
    this.brandCommands = brandCommands;
    this.categoryQueries = categoryQueries;
    this.categoryCommands = categoryCommands;
    this.jobs = jobs;
    this.order = order;
    load();
  }

  /**
   * The brand of a row.
   *
   * @throws RowRefused when it names none and there is no default, nobody knows it, or it is not
   *     the caller's
   */
  UUID brand(ImportRow row) {
    String named = row.brand().isEmpty() ? order.defaultBrandCode() : row.brand();
    if (named.isEmpty()) {
      throw new RowRefused(row.line(), "brand", RowError.BRAND_MISSING, "没有填写品牌，也没有指定默认品牌。");
    }
    BrandView brand = find(named);
    if (brand == null) {
      brand = create(row, named);
    }
    Caller caller = order.caller();
    if (!caller.reach().includes(brand.code())) {
      throw new RowRefused(
          row.line(), "brand", RowError.BRAND_NOT_YOURS, "品牌“" + Excerpt.of(named) + "”不归您管理。");
    }
    return brand.id();
  }

  /**
   * The category of a row.
   *
   * @throws RowRefused when it is missing and the caller may not make it
   */
  CategoryId category(ImportRow row) {
    UUID known = categories.get(row.categoryPath());
    if (known != null) {
      return new CategoryId(known);
    }
    if (!order.caller().may(CatalogGrpc.getCreateCategoryMethod())) {
      throw new RowRefused(
          row.line(),
          "category",
          RowError.CATEGORY_UNKNOWN,
          "没有类目“" + Excerpt.of(row.categoryPath()) + "”。");
    }
    CategoryId parent = null;
    String path = "";
    for (String name : row.categoryPath().split(Category.SEPARATOR)) {
      path = path.isEmpty() ? name : path + Category.SEPARATOR + name;
      parent = new CategoryId(categoryAt(row, path, parent, name));
    }
    return parent;
  }

  private UUID categoryAt(ImportRow row, String path, CategoryId parent, String name) {
    if (!categories.containsKey(path)) {
      made(
          row,
          "category",
          path,
          () ->
              categoryCommands
                  .create(parent, name, 0)
                  .map(CategoryView::of)
                  .invoke(this::know)
                  .replaceWithVoid());
    }
    return categories.get(path);
  }

  private BrandView find(String named) {
    return brandsByCode.containsKey(named) ? brandsByCode.get(named) : brandsByName.get(named);
  }

  private BrandView create(ImportRow row, String named) {
    if (!order.createBrands()) {
      throw new RowRefused(
          row.line(), "brand", RowError.BRAND_UNKNOWN, "没有品牌“" + Excerpt.of(named) + "”。");
    }
    made(
        row,
        "brand",
        named,
        () ->
            brandCommands
                .create(code(named), named, "", "")
                .map(BrandView::of)
                .invoke(this::know)
                .replaceWithVoid());
    BrandView brand = find(named);
    if (brand == null) {
      refusals.put("brand " + named, "品牌的代码已被占用。");
      throw new RowRefused(row.line(), "brand", RowError.BRAND_UNKNOWN, "品牌的代码已被占用。");
    }
    return brand;
  }

  /** Another import may make the same at the same time: whoever comes second takes the first's. */
  private void made(ImportRow row, String column, String what, Supplier<Uni<Void>> command) {
    String key = column + " " + what;
    if (!refusals.containsKey(key)) {
      try {
        jobs.run(command).await().atMost(TIMEOUT);
        return;
      } catch (DomainException refusal) {
        switch (refusal.kind()) {
          case ALREADY_EXISTS -> {
            load();
            return;
          }
          case INVALID_ARGUMENT -> refusals.put(key, "内容不符合要求：" + refusal.getMessage() + "。");
          default -> throw refusal;
        }
      }
    }
    throw new RowRefused(row.line(), column, RowError.INVALID_VALUE, refusals.get(key));
  }

  private void load() {
    brandQueries.all().await().atMost(TIMEOUT).forEach(this::know);
    categoryQueries.tree().await().atMost(TIMEOUT).forEach(this::know);
  }

  private void know(BrandView brand) {
    brandsByCode.put(brand.code(), brand);
    brandsByName.put(brand.name(), brand);
  }

  private void know(CategoryView category) {
    categories.put(category.path(), category.id());
  }

  /** The name itself where it is a code; else its Latin part and a mark of the whole name. */
  static String code(String name) {
    if (Brand.CODE.matcher(name).matches()) {
      return name;
    }
    String slug =
        String.join(
            "-",
            Arrays.stream(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(part -> !part.isEmpty())
                .toList());
    CRC32 mark = new CRC32();
    mark.update(name.getBytes(StandardCharsets.UTF_8));
    String start = slug.isEmpty() ? "brand" : slug.substring(0, Math.min(slug.length(), MAX_SLUG));
    return "%s-%08x".formatted(start, mark.getValue());
  }
}
