package io.siyu.mall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The reader of the sources finds what is known to be there. */
class SourceKeysTest {

  @Test
  void readsMappingsWithNestedInterfacesNamesAndDefaults() {
    String code =
        """
        @ConfigMapping(prefix = "mall.some-thing")
        public interface SomeConfig {
          @WithDefault("https://example.com")
          String baseUrl();
          String merchantId();
          Optional<List<String>> signingKeys();
          @WithName("life")
          @WithDefault("PT15M")
          Duration accessTokenLife();
          Limits limits();
          default Policy policy() {
            return new Policy(accessTokenLife());
          }
          interface Limits { Rate perCaller(); }
          interface Rate { long burst(); @WithDefault("1") long refill(); }
        }
        """;
    assertThat(MappingKeys.of(code))
        .containsExactlyInAnyOrder(
            new MappingKeys.Key("mall.some-thing.base-url", true, false),
            new MappingKeys.Key("mall.some-thing.merchant-id", false, false),
            new MappingKeys.Key("mall.some-thing.signing-keys", false, true),
            new MappingKeys.Key("mall.some-thing.life", true, false),
            new MappingKeys.Key("mall.some-thing.limits.per-caller.burst", false, false),
            new MappingKeys.Key("mall.some-thing.limits.per-caller.refill", true, false));
  }

  @Test
  void knowsWhatTheOrderServiceNeeds() {
    SourceKeys keys = SourceKeys.of("order");
    assertThat(keys.needed())
        .contains(
            "MALL_DB_PASSWORD",
            "MALL_DB_HOST",
            "MALL_SERVICES_CATALOG_HOST",
            "MALL_SERVICE_CLIENT_SECRET",
            "MALL_WECHAT_PAY_MERCHANT_ID",
            "MALL_WECHAT_PAY_API_V3_KEY",
            "MALL_WECHAT_APP_ID",
            "MALL_PERSONAL_KEYS",
            "MALL_KEYCLOAK_URL",
            "MALL_PUBLIC_BASE_URL")
        .doesNotContain("MALL_CLOCK_FILE", "MALL_DB_POOL_SIZE", "MALL_WECHAT_PAY_DEADLINE");
    assertThat(keys.known())
        .contains("MALL_DB_POOL_SIZE", "MALL_WECHAT_PAY_DEADLINE", "MALL_JOBS_EVERY");
  }

  @Test
  void theCatalogueNeedsNoKeysOfPersonalData() {
    assertThat(SourceKeys.of("catalog").needed())
        .doesNotContainAnyElementsOf(List.of("MALL_PERSONAL_KEYS", "MALL_WECHAT_APP_ID"));
  }
}
