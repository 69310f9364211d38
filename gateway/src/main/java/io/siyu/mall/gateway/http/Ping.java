package io.siyu.mall.gateway.http;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The least that this process can answer: the floor that benchmarks compare with. */
@Path("/ping")
@PermitAll
public class Ping {

  @GET
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(hidden = true)
  public String ping() {
    return "pong";
  }
}
