package io.siyu.mall.platform.wechat;

import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.http.HttpHeaders;
import java.io.IOException;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Lets a refusal that decides about money through only with WeChat Pay's own signature: the
 * vendor's SDK verifies answers but not refusals.
 */
public final class GenuineRefusals implements Interceptor {

  private static final long LONGEST_BODY = 64 * 1024;

  private final Validator validator;
  private final Set<Integer> decisive;

  /** A refusal that somebody else may have written. */
  public static final class NotGenuine extends IOException {
    private static final long serialVersionUID = 1L;

    NotGenuine() {
      super("a refusal without WeChat Pay's signature");
    }
  }

  /**
   * @param decisive the statuses of answers that decide about money
   */
  public GenuineRefusals(RSAPublicKeyConfig keys, Set<Integer> decisive) {
    this.decisive = Set.copyOf(decisive);
    this.validator = new WechatPay2Validator(keys.createVerifier());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (decisive.contains(response.code()) && !isGenuine(response)) {
      response.close();
      throw new NotGenuine();
    }
    return response;
  }

  private boolean isGenuine(Response response) throws IOException {
    HttpHeaders headers = new HttpHeaders();
    for (String name :
        Set.of(
            "Wechatpay-Timestamp",
            "Wechatpay-Nonce",
            "Wechatpay-Signature",
            "Wechatpay-Serial",
            "Request-ID")) {
      headers.addHeader(name, response.header(name, ""));
    }
    String body = response.peekBody(LONGEST_BODY).string();
    try {
      return validator.validate(headers, body);
    } catch (RuntimeException e) {
      return false;
    }
  }
}
