package io.siyu.mall.cps.affiliate;

import io.quarkus.arc.All;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The platforms that there is a class for. */
@ApplicationScoped
public class Platforms {

  public static final String NOT_AVAILABLE = "CPS_PLATFORM_NOT_AVAILABLE";

  private final List<AffiliatePlatform> all;

  Platforms(@All List<AffiliatePlatform> all) {
    this.all = all;
  }

  /** All, configured or not. */
  public List<AffiliatePlatform> all() {
    return all;
  }

  /**
   * @throws DomainException {@value #NOT_AVAILABLE} when there is no account at it
   */
  public AffiliatePlatform require(Platform platform) {
    return all.stream()
        .filter(one -> one.platform() == platform && one.configured())
        .findFirst()
        .orElseThrow(
            () ->
                DomainException.precondition(NOT_AVAILABLE, "there is no account at " + platform)
                    .with("platform", platform));
  }

  /** The platform that an address leads to. */
  public Optional<Platform> of(String url) {
    return all.stream().filter(one -> one.knows(url)).map(AffiliatePlatform::platform).findFirst();
  }
}
