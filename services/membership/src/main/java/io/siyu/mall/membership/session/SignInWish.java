package io.siyu.mall.membership.session;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.text.TextType;
import java.util.UUID;

/**
 * What comes along with a sign-in.
 *
 * @param touchId the touch that the visitor came by, or null
 * @param anonymousId by what the visitor was known until now, or empty
 * @param inviteCode or empty
 * @param device for people to read, or empty
 */
public record SignInWish(UUID touchId, String anonymousId, String inviteCode, String device) {

  /**
   * Reads what came in a request.
   *
   * @throws DomainException INVALID_ARGUMENT with a violation for each field that is wrong
   */
  public static SignInWish read(
      String touchId, String anonymousId, String inviteCode, String device) {
    Validation.start()
        .optional(TextType.ANONYMOUS_ID, "anonymous_id", anonymousId)
        .optional(TextType.INVITE_CODE, "invite_code", inviteCode)
        .optional(TextType.DEVICE, "device", device)
        .check();
    return new SignInWish(
        Ids.parseOptional("touch_id", touchId),
        anonymousId,
        TextType.INVITE_CODE.normal(inviteCode),
        TextType.DEVICE.normal(device));
  }
}
