package io.siyu.mall.cps.link;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.cps.affiliate.Item;
import io.siyu.mall.cps.order.CpsOrderProto;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.cps.v1.CreateLinkRequest;
import io.siyu.mall.proto.cps.v1.Links;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;

/** Links on the wire. */
@GrpcService
public class LinkGrpc implements Links {

  private final LinkCommands commands;
  private final Idempotency idempotency;

  LinkGrpc(LinkCommands commands, Idempotency idempotency) {
    this.commands = commands;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<io.siyu.mall.proto.cps.v1.Link> createLink(CreateLinkRequest request) {
    Caller.current().requireMember();
    boolean byUrl = !request.getUrl().isEmpty();
    Validation.start()
        .require(
            byUrl == request.getItemId().isEmpty(), "url", "give either an address or an item id")
        .optional(TextType.OUTSIDE_URL, "url", request.getUrl())
        .optional(TextType.OUTSIDE_ITEM, "item_id", request.getItemId())
        .optional(TextType.AUTHORIZATION, "authorization", request.getAuthorization())
        .check();
    LinkCommands.Wish wish =
        new LinkCommands.Wish(
            CpsOrderProto.platform(request.getPlatform()),
            byUrl ? new Item(request.getUrl(), null) : new Item(null, request.getItemId()),
            request.getAuthorization());
    RequestKey key = RequestKey.of("cps.CreateLink", request.getRequestId(), request);
    return idempotency.onceSql(
        key,
        io.siyu.mall.proto.cps.v1.Link.parser(),
        () -> commands.convert(key.stableId("link"), wish),
        (link, connection) ->
            commands.save(SqlTransaction.of(connection), link).replaceWith(view(link)));
  }

  private static io.siyu.mall.proto.cps.v1.Link view(Link link) {
    return io.siyu.mall.proto.cps.v1.Link.newBuilder()
        .setLinkId(link.id().toString())
        .setPlatform(CpsOrderProto.platform(link.owner().platform()))
        .setItemId(link.target().itemId())
        .setUrl(link.target().url())
        .setShortUrl(link.target().shortUrl())
        .setSubAffiliateId(link.owner().id())
        .setCreatedAt(ProtoTime.to(link.createdAt()))
        .build();
  }
}
