package io.siyu.mall.membership.session;

import io.siyu.mall.platform.time.SecurityTime;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Real time, for everything about tokens: no operator and no demonstration can move it. */
@Singleton
public class RealClock {

  /** Now, to the microsecond that a column can hold. */
  public Instant instant() {
    return SecurityTime.now().truncatedTo(ChronoUnit.MICROS);
  }
}
