package io.siyu.mall.sandbox.platform;

/**
 * Who we are to Taobao's affiliate platform.
 *
 * @param appKey the application's number
 * @param appSecret signs requests
 * @param session the affiliate's own authorisation
 * @param pid {@code mm_account_site_zone}; the third number is the ad zone
 */
public record TaobaoAccount(String appKey, String appSecret, String session, String pid) {

  /** The ad zone that links are made for. */
  public String adzoneId() {
    return pid.substring(pid.lastIndexOf('_') + 1);
  }

  @Override
  public String toString() {
    return "TaobaoAccount[" + appKey + "]";
  }
}
