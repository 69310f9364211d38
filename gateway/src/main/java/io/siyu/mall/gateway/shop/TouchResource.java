package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.KeyOptional;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.OpenTouchRequest;
import io.siyu.mall.proto.distributor.v1.Share;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.proto.distributor.v1.Sharing;
import io.siyu.mall.proto.distributor.v1.Touch;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Opening what a distributor shared, signed in or not. */
@Path(Shop.ROOT + "/touches")
@PermitAll
@Tag(name = "触点 Touches")
public class TouchResource {

  @GrpcClient("distributor")
  Sharing sharing;

  @POST
  @KeyOptional
  @ResponseStatus(201)
  @Operation(summary = "打开一个分享：记录触点，返回分享人和目标")
  public Uni<ShopTouch> openTouch(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopTouchRequest body) {
    return sharing
        .openTouch(
            OpenTouchRequest.newBuilder()
                .setRequestId(requestId)
                .setShareCode(body.shareCode())
                .setAnonymousId(Wire.orEmpty(body.anonymousId()))
                .build())
        .map(ShopTouch::of);
  }

  /**
   * A share is opened.
   *
   * @param anonymousId from the answer to the last opening; none on the first. One that was not
   *     made here, or is too old, is replaced
   */
  public record ShopTouchRequest(
      @NotBlank @Text(TextType.SHARE_CODE) String shareCode,
      @Text(TextType.ANONYMOUS_ID) String anonymousId) {}

  /** What a share points at; without id it is the distributor's shop. */
  public enum TouchTargetType {
    PRODUCT,
    SHOP,
    LAUNCH,
    CHAIN
  }

  /**
   * The opened touch; {@code touchId} and {@code anonymousId} go into the sign-in.
   *
   * @param anonymousId kept by the client until the visitor signs in, and shown at the next
   *     opening; none for a member
   */
  public record ShopTouch(
      String touchId,
      @Nullable String anonymousId,
      ShopTouchDistributor distributor,
      ShopTouchTarget target,
      @Nullable Instant openedAt) {

    static ShopTouch of(Touch touch) {
      Share share = touch.getShare();
      return new ShopTouch(
          touch.getTouchId(),
          Wire.text(touch.getAnonymousId()),
          new ShopTouchDistributor(share.getDistributorId(), share.getDistributorName()),
          ShopTouchTarget.of(share.getTarget()),
          Wire.instant(touch.hasOpenedAt(), touch.getOpenedAt()));
    }
  }

  /** Who shared it. */
  public record ShopTouchDistributor(String distributorId, String displayName) {}

  /** Where it leads. */
  public record ShopTouchTarget(TouchTargetType type, @Nullable String id) {

    static ShopTouchTarget of(ShareTarget target) {
      return new ShopTouchTarget(
          Wire.read(TouchTargetType.class, target.getType()), Wire.text(target.getId()));
    }
  }
}
