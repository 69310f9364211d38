package io.siyu.mall.gateway.admin;

import io.quarkus.arc.profile.IfBuildProfile;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets business time pass. Exists only in builds for one machine. */
@Path(Admin.ROOT + "/clock")
@IfBuildProfile("local")
@Tag(name = "运维 Operations")
public class ClockResource {

  private static final Duration LONGEST = Duration.ofDays(3660);

  @Inject ClockFile file;

  @GET
  @Blocking
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "业务时钟")
  public AdminClock getClock() {
    return view(file.offset());
  }

  @POST
  @Path("/advance")
  @Blocking
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "让业务时间前进")
  public AdminClock advanceClock(@Valid @NotNull AdminClockRequest body) {
    Duration step = body.duration();
    if (step.isNegative() || step.isZero() || step.compareTo(LONGEST) > 0) {
      throw ProblemException.invalid(
          Reasons.INVALID_ARGUMENT, "duration", "须为正的 ISO 8601 时长，如 PT168H，最长十年");
    }
    return view(file.advance(step));
  }

  private static AdminClock view(Duration offset) {
    return new AdminClock(offset.toString(), Instant.now().plus(offset));
  }

  /** ISO 8601, for example PT168H or P8D. */
  public record AdminClockRequest(@NotNull Duration duration) {}

  /** How far business time is ahead of the machine's. */
  public record AdminClock(String offset, Instant now) {}
}
