package io.siyu.mall.gateway.shop;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.BindPhoneResponse;
import io.siyu.mall.proto.membership.v1.Growth;
import io.siyu.mall.proto.membership.v1.GrowthEntry;
import io.siyu.mall.proto.membership.v1.Member;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;

/** The member as the member sees it. */
final class MemberViews {

  private MemberViews() {}

  /** How somebody signs in. */
  public enum SignInProvider {
    WECHAT_MINI,
    WECHAT_H5,
    SMS
  }

  /**
   * Signing in.
   *
   * @param code what the provider gave the client
   * @param phone for SMS
   * @param touchId the touch by which the visitor came
   * @param anonymousId from the answer to an opening: what was opened under it becomes the member's
   */
  public record ShopSignInRequest(
      @NotNull SignInProvider provider,
      @NotBlank @Text(TextType.SIGN_IN_CODE) String code,
      @Text(TextType.PHONE) String phone,
      @Text(TextType.INVITE_CODE) String inviteCode,
      @Text(TextType.ID) String touchId,
      @Text(TextType.ANONYMOUS_ID) String anonymousId,
      @Text(TextType.DEVICE) String device) {}

  /** Staying signed in. */
  public record ShopRefreshRequest(@NotBlank @Text(TextType.REFRESH_TOKEN) String refreshToken) {}

  /** A session: {@code accessToken} is the bearer token, {@code refreshToken} can be used once. */
  public record ShopSession(
      String accessToken,
      String tokenType,
      long expiresIn,
      String refreshToken,
      boolean newMember,
      @Nullable ShopMember member) {

    static ShopSession of(Session session) {
      return new ShopSession(
          session.getAccessToken(),
          "Bearer",
          session.getExpiresInSeconds(),
          session.getRefreshToken(),
          session.getNewMember(),
          session.hasMember() ? ShopMember.of(session.getMember()) : null);
    }
  }

  /** The member's profile. */
  public record ShopMember(
      String memberId,
      @Nullable String nickname,
      @Nullable String avatarUrl,
      @Nullable String phoneMasked,
      int level,
      String levelName,
      long growthValue,
      @Nullable Instant registeredAt) {

    static ShopMember of(Member member) {
      return new ShopMember(
          member.getMemberId(),
          Wire.text(member.getNickname()),
          Wire.text(member.getAvatarUrl()),
          Wire.text(member.getPhoneMasked()),
          member.getLevel(),
          member.getLevelName(),
          member.getGrowthValue(),
          Wire.instant(member.hasRegisteredAt(), member.getRegisteredAt()));
    }
  }

  /** What the member changes; absent fields stay. */
  public record ShopMemberRequest(
      @Text(TextType.NICKNAME) String nickname, @Text(TextType.PUBLIC_URL) String avatarUrl) {}

  /** The code of {@code wx.getPhoneNumber}. */
  public record ShopPhoneRequest(@NotBlank @Text(TextType.SIGN_IN_CODE) String phoneCode) {}

  /** What became of the wish to have a phone. */
  public enum PhoneOutcome {
    BOUND,
    MERGED,
    MERGE_REQUESTED
  }

  /**
   * The answer to binding a phone.
   *
   * @param member the member as they are now; after a merge, whoever goes on
   * @param mergeRequestId what staff were asked
   */
  public record ShopPhoneBinding(
      PhoneOutcome outcome, ShopMember member, @Nullable String mergeRequestId) {

    static ShopPhoneBinding of(BindPhoneResponse response) {
      return new ShopPhoneBinding(
          Wire.read(PhoneOutcome.class, response.getOutcome()),
          ShopMember.of(response.getMember()),
          Wire.text(response.getMergeRequestId()));
    }
  }

  /** An address to be stored. */
  public record ShopAddressRequest(
      @NotBlank @Text(TextType.RECEIVER_NAME) String receiverName,
      @NotBlank @Text(TextType.PHONE) String phone,
      @NotBlank @Text(TextType.REGION) String province,
      @NotBlank @Text(TextType.REGION) String city,
      @Text(TextType.REGION) String district,
      @NotBlank @Text(TextType.ADDRESS_DETAIL) String detail,
      Boolean isDefault) {

    Address address(String addressId) {
      return Address.newBuilder()
          .setAddressId(addressId)
          .setReceiverName(receiverName)
          .setPhone(phone)
          .setProvince(province)
          .setCity(city)
          .setDistrict(Wire.orEmpty(district))
          .setDetail(detail)
          .setIsDefault(Boolean.TRUE.equals(isDefault))
          .build();
    }
  }

  /** A stored address; masked in lists. */
  public record ShopAddress(
      String addressId,
      String receiverName,
      String phone,
      String province,
      String city,
      @Nullable String district,
      String detail,
      boolean isDefault) {

    static ShopAddress of(Address address) {
      return new ShopAddress(
          address.getAddressId(),
          address.getReceiverName(),
          address.getPhone(),
          address.getProvince(),
          address.getCity(),
          Wire.text(address.getDistrict()),
          address.getDetail(),
          address.getIsDefault());
    }
  }

  /** All addresses of the member, at most 20. */
  public record ShopAddresses(List<ShopAddress> items) {}

  /**
   * Growth value and level.
   *
   * @param nextLevelAt the value at which the next level begins; absent at the highest
   */
  public record ShopGrowth(
      long growthValue,
      int level,
      String levelName,
      @Nullable Long nextLevelAt,
      @Nullable Instant levelValidUntil) {

    static ShopGrowth of(Growth growth) {
      return new ShopGrowth(
          growth.getGrowthValue(),
          growth.getLevel(),
          growth.getLevelName(),
          growth.getNextLevelAt() == 0 ? null : growth.getNextLevelAt(),
          Wire.instant(growth.hasLevelValidUntil(), growth.getLevelValidUntil()));
    }
  }

  /** One change of the growth value. */
  public record ShopGrowthEntry(
      String entryId, long delta, String source, String text, @Nullable Instant at) {

    static ShopGrowthEntry of(GrowthEntry entry) {
      return new ShopGrowthEntry(
          entry.getEntryId(),
          entry.getDelta(),
          entry.getSource(),
          entry.getText(),
          Wire.instant(entry.hasAt(), entry.getAt()));
    }
  }
}
