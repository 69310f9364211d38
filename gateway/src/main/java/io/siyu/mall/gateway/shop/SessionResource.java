package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.KeyOptional;
import io.siyu.mall.gateway.http.SignInAttempt;
import io.siyu.mall.gateway.shop.MemberViews.ShopRefreshRequest;
import io.siyu.mall.gateway.shop.MemberViews.ShopSession;
import io.siyu.mall.gateway.shop.MemberViews.ShopSignInRequest;
import io.siyu.mall.gateway.upstream.CallerToken;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.membership.v1.MutinySessionsGrpc.MutinySessionsStub;
import io.siyu.mall.proto.membership.v1.RefreshSessionRequest;
import io.siyu.mall.proto.membership.v1.SignInProvider;
import io.siyu.mall.proto.membership.v1.SignInRequest;
import io.siyu.mall.proto.membership.v1.SignOutRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Signing in, staying signed in, signing out. */
@Path(Shop.ROOT + "/sessions")
@Tag(name = "登录 Sessions")
public class SessionResource {

  @GrpcClient("membership")
  MutinySessionsStub sessions;

  @POST
  @PermitAll
  @KeyOptional
  @SignInAttempt
  @ResponseStatus(201)
  @Operation(summary = "登录（微信小程序、H5 或短信）")
  public Uni<ShopSession> signIn(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopSignInRequest body) {
    return CallerToken.anonymous(sessions)
        .signIn(
            SignInRequest.newBuilder()
                .setRequestId(requestId)
                .setProvider(Wire.write(SignInProvider.class, body.provider()))
                .setCode(body.code())
                .setPhone(Wire.orEmpty(body.phone()))
                .setInviteCode(Wire.orEmpty(body.inviteCode()))
                .setTouchId(Wire.orEmpty(body.touchId()))
                .setAnonymousId(Wire.orEmpty(body.anonymousId()))
                .setDevice(Wire.orEmpty(body.device()))
                .build())
        .map(ShopSession::of);
  }

  @POST
  @Path("/refresh")
  @PermitAll
  @KeyOptional
  @Operation(summary = "换取新的登录凭证；旧的 refreshToken 随即作废")
  public Uni<ShopSession> refreshSession(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopRefreshRequest body) {
    return CallerToken.anonymous(sessions)
        .refreshSession(
            RefreshSessionRequest.newBuilder()
                .setRequestId(requestId)
                .setRefreshToken(body.refreshToken())
                .build())
        .map(ShopSession::of);
  }

  @DELETE
  @Path("/current")
  @RolesAllowed(Shop.MEMBER)
  @Operation(summary = "退出登录；refreshToken 放在 Refresh-Token 请求头")
  public Uni<Void> signOut(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @HeaderParam("Refresh-Token") @NotBlank @Text(TextType.REFRESH_TOKEN) String refreshToken) {
    return sessions
        .signOut(
            SignOutRequest.newBuilder()
                .setRequestId(requestId)
                .setRefreshToken(refreshToken)
                .build())
        .replaceWithVoid();
  }
}
