package io.siyu.mall.text;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Every kind of text that the platform takes from people and from clients, with its normal form and
 * its bounds. The one place of both: services enforce them, the gateway enforces and publishes
 * them, and the columns are made for them.
 */
public enum TextType {
  BRAND_CODE(Form.CODE, 40, "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?"),
  BRAND_NAME(Form.LINE, 80),
  BRAND_STORY(Form.BLOCK, 4_000),
  CATEGORY_NAME(Form.LINE, 60),
  PRODUCT_NO(Form.CODE, 64),
  SKU_NO(Form.CODE, 64),
  PRODUCT_TITLE(Form.LINE, 200),
  PRODUCT_BRIEF(Form.LINE, 500),
  PRODUCT_UNIT(Form.LINE, 20),
  KEYWORD(Form.LINE, 40),
  ATTRIBUTE_NAME(Form.LINE, 40),
  ATTRIBUTE_VALUE(Form.BLOCK, 500),
  /** The specifications of a SKU in one line; what orders keep of them. */
  SPEC_TEXT(Form.LINE, 500),
  DETAIL_HTML(Form.HTML, 200_000),
  FILE_NAME(Form.LINE, 200),
  PUBLIC_URL(Form.URL, PublicUrl.MAX),

  NICKNAME(Form.LINE, 32),
  SELLER_NAME(Form.LINE, 32),
  RECEIVER_NAME(Form.LINE, 40),
  REAL_NAME(Form.LINE, 2, 40),
  PHONE(Form.PHONE, 20),
  REGION(Form.LINE, 40),
  ADDRESS_DETAIL(Form.LINE, 200),
  DEVICE(Form.LINE, 120),

  NOTE(Form.BLOCK, 500),
  REASON(Form.BLOCK, 500),
  REASON_CODE(Form.TOKEN, 40),
  CARRIER(Form.LINE, 40),
  TRACKING_NUMBER(Form.CODE, 40),
  /** Of a payment that was made another way: of the bank, of a receipt. */
  PAYMENT_REFERENCE(Form.LINE, 100),
  /** A debit card, as WeChat Pay names its bank. */
  BANK_TYPE(Form.TOKEN, 26, "[A-Z]{2,20}_DEBIT"),
  BANK_ACCOUNT(Form.TOKEN, 24, "[0-9]{12,24}"),
  ORDER_NO(Form.CODE, 40, "[!-~]{1,40}"),
  INVITE_CODE(Form.CODE, 32),
  SEARCH(Form.LINE, 200),
  OUTSIDE_URL(Form.LINE, PublicUrl.MAX, "https?://\\S+"),
  OUTSIDE_ITEM(Form.TOKEN, 80, "[0-9A-Za-z_\\-]+"),
  MONTH(Form.TOKEN, 7, "2[0-9]{3}-(0[1-9]|1[0-2])"),

  SHARE_CODE(Form.TOKEN, 32),
  ANONYMOUS_ID(Form.TOKEN, 64),
  OPENID(Form.TOKEN, 64),
  SIGN_IN_CODE(Form.TOKEN, 256),
  AUTHORIZATION(Form.TOKEN, 512),
  REFRESH_TOKEN(Form.TOKEN, 512),
  PRICE_TOKEN(Form.TOKEN, 4_000),
  PAGE_TOKEN(Form.TOKEN, 1_000),
  ID(Form.TOKEN, 64),
  /** A citizen's identity number; its date and check character are for the service. */
  ID_NUMBER(Form.CODE, 18, 18, "[1-9][0-9]{16}[0-9Xx]"),

  /** Names that programs gave: of services, subscribers, currencies. */
  NAME_OF_PART(Form.TOKEN, 80);

  /** What becomes of a text before its length is looked at. */
  public enum Form {
    /** {@link DisplayText#line}. */
    LINE,
    /** {@link DisplayText#block}. */
    BLOCK,
    /** {@link Code}. */
    CODE,
    /** {@link PublicUrl}. */
    URL,
    /** {@link DisplayText#block}; what it may do is for the sanitiser. */
    HTML,
    /** Visible ASCII that programs made; taken as it is. */
    TOKEN,
    /** A mobile number of the mainland, with or without +86: its 11 digits. */
    PHONE
  }

  private final Form form;
  private final int min;
  private final int max;
  private final String pattern;
  private final Predicate<String> matches;

  TextType(Form form, int max) {
    this(form, 1, max);
  }

  TextType(Form form, int min, int max) {
    this(form, min, max, null);
  }

  TextType(Form form, int max, String pattern) {
    this(form, 1, max, pattern);
  }

  TextType(Form form, int min, int max, String pattern) {
    this.form = form;
    this.min = min;
    this.max = max;
    this.pattern = pattern;
    this.matches = pattern == null ? any -> true : Pattern.compile(pattern).asMatchPredicate();
  }

  /** Code points of the normal form; of one that is there. Whether it must be is the field's. */
  public int min() {
    return min;
  }

  /** Code points of the normal form. */
  public int max() {
    return max;
  }

  public Form form() {
    return form;
  }

  /** A regular expression that the whole normal form matches; null when any does. */
  public String pattern() {
    return pattern;
  }

  /** The text in its normal form; an empty one has no problem. */
  public Reading optional(String raw) {
    Reading reading = read(raw, 0);
    return reading.value().isEmpty() && reading.ok() ? reading : required(raw);
  }

  /** The text in its normal form; nothing is a problem. */
  public Reading required(String raw) {
    Reading reading = read(raw, min);
    if (reading.ok() && !matches.test(reading.value())) {
      return Reading.refused(raw, "must match " + pattern, "格式不符，应符合 " + pattern);
    }
    return reading;
  }

  /** The normal form, or the text as it is when it has none. */
  public String normal(String raw) {
    return optional(raw).value();
  }

  private Reading read(String raw, int least) {
    return switch (form) {
      case LINE -> DisplayText.line(raw, least, max);
      case BLOCK, HTML -> DisplayText.block(raw, least, max);
      case CODE -> Code.read(raw, least, max);
      case URL -> PublicUrl.read(raw, least, max);
      case TOKEN -> token(raw, least, max);
      case PHONE -> MobileNumber.read(raw, least, max);
    };
  }

  private static Reading token(String raw, int min, int max) {
    Reading length = Reading.within(raw, raw, min, max);
    if (!length.ok()) {
      return length;
    }
    int odd =
        raw.codePoints().filter(point -> point <= ' ' || point >= 0x7F).findFirst().orElse(-1);
    return odd < 0
        ? length
        : Reading.refused(
            raw,
            String.format("must be visible ASCII, without U+%04X", odd),
            String.format("只能含可见的 ASCII 字符，不能有 U+%04X", odd));
  }
}
