package io.siyu.mall.text;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What type of text each field of the contract holds. One word means one thing everywhere, so the
 * field's name tells; where a word is too general, message and field do. A test keeps it complete:
 * every string that any request can carry is here.
 */
public final class FieldTexts {

  /** Requests that only our own services send, with what they took from others before. */
  private static final Set<String> BETWEEN_SERVICES =
      Set.of(
          "mall.common.v1.DeliverRequest",
          "mall.order.v1.VerifyOrdersRequest",
          "mall.order.v1.HandleNotificationRequest",
          "mall.distributor.v1.HandleTransferNotificationRequest");

  private static final Map<String, TextType> BY_NAME = new HashMap<>();

  static {
    names(TextType.BRAND_CODE, "brand_code", "default_brand_code");
    names(TextType.BRAND_STORY, "story");
    names(TextType.PRODUCT_NO, "product_no");
    names(TextType.SKU_NO, "sku_no");
    names(TextType.PRODUCT_TITLE, "title");
    names(TextType.PRODUCT_BRIEF, "brief");
    names(TextType.PRODUCT_UNIT, "unit");
    names(TextType.KEYWORD, "keywords");
    names(TextType.DETAIL_HTML, "detail_html");
    names(TextType.FILE_NAME, "file_name");
    names(
        TextType.PUBLIC_URL,
        "logo_url",
        "cover_url",
        "gallery_urls",
        "avatar_url",
        "picture_urls",
        "evidence_urls");
    names(TextType.NICKNAME, "nickname");
    names(TextType.SELLER_NAME, "display_name");
    names(TextType.RECEIVER_NAME, "receiver_name");
    names(TextType.REAL_NAME, "real_name");
    names(TextType.ID_NUMBER, "id_number");
    names(TextType.PHONE, "phone", "receiver_phone");
    names(TextType.REGION, "province", "city", "district");
    names(TextType.DEVICE, "device");
    names(TextType.NOTE, "note");
    names(TextType.REASON, "reason");
    names(TextType.REASON_CODE, "reason_code");
    names(TextType.CARRIER, "carrier");
    names(TextType.TRACKING_NUMBER, "tracking_number");
    names(TextType.PAYMENT_REFERENCE, "reference");
    names(TextType.BANK_TYPE, "bank_type");
    names(TextType.BANK_ACCOUNT, "account");
    names(TextType.REAL_NAME, "holder");
    names(TextType.ORDER_NO, "order_no");
    names(TextType.INVITE_CODE, "invite_code");
    names(TextType.SEARCH, "query");
    names(TextType.MONTH, "month");
    names(TextType.SHARE_CODE, "share_code");
    names(TextType.ANONYMOUS_ID, "anonymous_id");
    names(TextType.OPENID, "openid");
    names(TextType.AUTHORIZATION, "authorization");
    names(TextType.SIGN_IN_CODE, "phone_code");
    names(TextType.REFRESH_TOKEN, "refresh_token");
    names(TextType.PRICE_TOKEN, "price_token");
    names(TextType.PAGE_TOKEN, "page_token");
    names(TextType.ID, "id", "line_key");
    names(TextType.NAME_OF_PART, "subscriber", "currency_code");

    names(TextType.BRAND_CODE, "CreateBrandRequest.code", "GetBrandRequest.code");
    names(TextType.BRAND_NAME, "CreateBrandRequest.name", "UpdateBrandRequest.name");
    names(TextType.CATEGORY_NAME, "CreateCategoryRequest.name", "UpdateCategoryRequest.name");
    names(TextType.ATTRIBUTE_NAME, "Attribute.name");
    names(TextType.ATTRIBUTE_VALUE, "Attribute.value");
    names(TextType.ADDRESS_DETAIL, "Address.detail", "ShippingAddress.detail");
    names(TextType.SIGN_IN_CODE, "SignInRequest.code");
    names(TextType.OUTSIDE_URL, "CreateLinkRequest.url");
    names(TextType.OUTSIDE_ITEM, "CreateLinkRequest.item_id");
  }

  private FieldTexts() {}

  private static void names(TextType type, String... names) {
    for (String name : names) {
      BY_NAME.put(name, type);
    }
  }

  /** The field's type; null for what is no text, and for a field that nobody has named yet. */
  public static TextType of(FieldDescriptor field) {
    if (field.getJavaType() != JavaType.STRING || field.isMapField()) {
      return null;
    }
    String name = field.getName();
    TextType type = BY_NAME.get(field.getContainingType().getName() + "." + name);
    if (type == null) {
      type = BY_NAME.get(name);
    }
    if (type == null && (name.endsWith("_id") || name.endsWith("_ids"))) {
      type = TextType.ID;
    }
    return type;
  }

  /** Whether people's and clients' texts come in this request. */
  public static boolean isFromOutside(Descriptor request) {
    return !BETWEEN_SERVICES.contains(request.getFullName());
  }
}
