package io.siyu.mall.catalog.brand;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.TextType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** A brand (or a seller of many) that offers products under its name. Its code never changes. */
@Entity
@Table(name = "brand")
public class Brand {

  /** What a code looks like: it is part of tokens and addresses. */
  public static final Pattern CODE = Pattern.compile(TextType.BRAND_CODE.pattern());

  @Id private UUID id;
  private String code;
  private String name;
  private String logoUrl;
  private String story;

  @Enumerated(EnumType.STRING)
  private BrandState state = BrandState.ON_SALE;

  private String stateReason = "";
  private String stateChangedBy = "";
  private Instant stateChangedAt;
  @Version private long version;
  private Instant createdAt;

  protected Brand() {}

  private Brand(BrandId id, String code, Instant now) {
    this.id = id.value();
    this.code = code;
    this.createdAt = now;
    this.stateChangedAt = now;
  }

  /**
   * A new brand.
   *
   * @throws DomainException INVALID_ARGUMENT with every field that is wrong
   */
  public static Brand create(String code, String name, String logoUrl, String story, Instant now) {
    Validation.start().required(TextType.BRAND_CODE, "code", code).check();
    Brand brand = new Brand(BrandId.next(), TextType.BRAND_CODE.normal(code), now);
    brand.describe(name, logoUrl, story);
    return brand;
  }

  /**
   * Changes what people read about the brand.
   *
   * @param expectedVersion the version that the caller saw
   * @throws DomainException ABORTED STALE_VERSION when somebody changed it meanwhile;
   *     INVALID_ARGUMENT with every field that is wrong
   */
  public void revise(long expectedVersion, String name, String logoUrl, String story) {
    if (expectedVersion != version) {
      throw new DomainException(
              Kind.ABORTED, "STALE_VERSION", "the brand was changed by somebody else")
          .with("current_version", version);
    }
    describe(name, logoUrl, story);
  }

  /**
   * Takes everything of the brand off sale; a brand that is off sale already stays as it is.
   *
   * @param reason for staff
   * @throws DomainException INVALID_ARGUMENT without a reason
   */
  public void takeOffSale(String reason, String by, Instant now) {
    Validation.start().required(TextType.REASON, "reason", reason).check();
    if (state != BrandState.OFF_SALE) {
      moveTo(BrandState.OFF_SALE, TextType.REASON.normal(reason), by, now);
    }
  }

  /** Its published goods can be bought again; a brand that is on sale already stays as it is. */
  public void putOnSale(String by, Instant now) {
    if (state != BrandState.ON_SALE) {
      moveTo(BrandState.ON_SALE, "", by, now);
    }
  }

  private void moveTo(BrandState next, String reason, String by, Instant now) {
    BrandState.TABLE.check(state, next);
    state = next;
    stateReason = reason;
    stateChangedBy = by;
    stateChangedAt = now;
  }

  private void describe(String name, String logoUrl, String story) {
    Validation.start()
        .required(TextType.BRAND_NAME, "name", name)
        .optional(TextType.PUBLIC_URL, "logo_url", logoUrl)
        .optional(TextType.BRAND_STORY, "story", story)
        .check();
    this.name = TextType.BRAND_NAME.normal(name);
    this.logoUrl = TextType.PUBLIC_URL.normal(logoUrl);
    this.story = TextType.BRAND_STORY.normal(story);
  }

  public BrandId id() {
    return new BrandId(id);
  }

  public String code() {
    return code;
  }

  public String name() {
    return name;
  }

  public String logoUrl() {
    return logoUrl;
  }

  public String story() {
    return story;
  }

  public BrandState state() {
    return state;
  }

  /** Why it is off sale; empty otherwise. */
  public String stateReason() {
    return stateReason;
  }

  /** Who took it off sale or put it back; empty for nobody yet. */
  public String stateChangedBy() {
    return stateChangedBy;
  }

  public Instant stateChangedAt() {
    return stateChangedAt;
  }

  public long version() {
    return version;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
