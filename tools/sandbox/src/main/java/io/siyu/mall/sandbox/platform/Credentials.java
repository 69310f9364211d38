package io.siyu.mall.sandbox.platform;

import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * What the platforms know: the merchant's public key, their own key pair, and the shared secrets.
 *
 * @param merchantSerial serial number of the merchant's certificate, as requests name it
 * @param publicKeyId the id under which the platform's public key is named in {@code
 *     Wechatpay-Serial}
 * @param apiV3Key 32 bytes of ASCII: the AES-256 key of notifications
 * @param taobao the affiliate account
 */
public record Credentials(
    String appId,
    String appSecret,
    String merchantId,
    String merchantSerial,
    PublicKey merchantPublicKey,
    PrivateKey platformPrivateKey,
    PublicKey platformPublicKey,
    String publicKeyId,
    String apiV3Key,
    TaobaoAccount taobao) {

  @Override
  public String toString() {
    return "Credentials[" + appId + ", " + merchantId + "]";
  }
}
