package io.siyu.mall.membership.wechat;

import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;

/** WeChat, as far as it tells us who somebody is. */
public interface WeChat {

  /** The reason when the code is none, or too old. */
  String CODE_INVALID = "WECHAT_CODE_INVALID";

  /** The reason when the code was used before; it works once. */
  String CODE_USED = "WECHAT_CODE_USED";

  /** The reason when WeChat limits the person's or our calls. */
  String BUSY = "WECHAT_BUSY";

  /** The reason when WeChat does not answer, or answers nonsense. */
  String UNAVAILABLE = "WECHAT_UNAVAILABLE";

  /**
   * Who signs in with the code of {@code wx.login}. The code is used up.
   *
   * @return fails with {@link DomainException}: {@value #CODE_INVALID}, {@value #CODE_USED},
   *     {@value #BUSY}, {@value #UNAVAILABLE}
   */
  Uni<WeChatPerson> exchange(String code);

  /**
   * The mainland number behind the code of the phone number button, 11 digits. The code is used up.
   *
   * @return fails as {@link #exchange}; also INVALID_ARGUMENT for a number from elsewhere
   */
  Uni<String> phoneNumber(String code);
}
