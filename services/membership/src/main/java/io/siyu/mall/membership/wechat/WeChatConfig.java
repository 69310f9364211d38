package io.siyu.mall.membership.wechat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** {@code mall.wechat.*}. */
@ConfigMapping(prefix = "mall.wechat")
public interface WeChatConfig {

  @WithDefault("https://api.weixin.qq.com")
  String apiUrl();

  Optional<String> appId();

  Optional<String> appSecret();

  /** How long one question to WeChat may take, all retries included. */
  @WithDefault("PT4S")
  Duration deadline();
}
