package io.siyu.mall.gateway.callback;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import io.siyu.mall.gateway.upstream.CallerToken;
import io.siyu.mall.proto.distributor.v1.GetShareRequest;
import io.siyu.mall.proto.distributor.v1.MutinySharingGrpc.MutinySharingStub;
import io.siyu.mall.proto.distributor.v1.Share;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The short address that distributors send around: leads to the H5 page with the code. */
@Path("/s")
@PermitAll
public class ShareRedirect {

  /** The alphabet of a mini-program's scene. */
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z!#$&'()*+,/:;=?@\\-._~]{1,32}");

  @GrpcClient("distributor")
  MutinySharingStub sharing;

  @ConfigProperty(name = "mall.public.h5-url")
  String h5;

  @GET
  @Path("/{shareCode}")
  @Operation(hidden = true)
  public Uni<Response> open(String shareCode) {
    if (!CODE.matcher(shareCode).matches()) {
      throw new ProblemException(Problem.of(404, Reasons.NOT_FOUND, "没有这个分享"));
    }
    return CallerToken.anonymous(sharing)
        .getShare(GetShareRequest.newBuilder().setShareCode(shareCode).build())
        .map(this::redirect);
  }

  private Response redirect(Share share) {
    String code = URLEncoder.encode(share.getShareCode(), StandardCharsets.UTF_8);
    return Response.status(Response.Status.FOUND)
        .location(URI.create(h5 + "?s=" + code))
        .header("Cache-Control", "no-store")
        .build();
  }
}
