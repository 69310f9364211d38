package io.siyu.mall.membership.session;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
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

  private static final int MAX_ANONYMOUS_ID = 64;
  private static final int MAX_INVITE_CODE = 32;
  private static final int MAX_DEVICE = 128;

  /**
   * Reads what came in a request.
   *
   * @throws DomainException INVALID_ARGUMENT with a violation for each field that is wrong
   */
  public static SignInWish read(
      String touchId, String anonymousId, String inviteCode, String device) {
    Validation.start()
        .require(
            visible(anonymousId, MAX_ANONYMOUS_ID),
            "anonymous_id",
            "must have at most " + MAX_ANONYMOUS_ID + " visible ASCII characters")
        .require(
            visible(inviteCode, MAX_INVITE_CODE),
            "invite_code",
            "must have at most " + MAX_INVITE_CODE + " visible ASCII characters")
        .length("device", device, 0, MAX_DEVICE)
        .check();
    return new SignInWish(
        Ids.parseOptional("touch_id", touchId), anonymousId, inviteCode, device.strip());
  }

  private static boolean visible(String text, int max) {
    return text.length() <= max && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
