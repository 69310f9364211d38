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
import io.smallrye.mutiny.Uni;

/** Links on the wire. */
@GrpcService
public class LinkGrpc implements Links {

  private static final int URL = 2_000;
  private static final int ITEM = 120;
  private static final int AUTHORIZATION = 512;

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
        .length("url", request.getUrl(), byUrl ? 8 : 0, URL)
        .require(
            !byUrl || request.getUrl().matches("https?://\\S+"), "url", "must be a web address")
        .require(
            byUrl || request.getItemId().matches("[0-9A-Za-z_\\-]{1," + ITEM + "}"),
            "item_id",
            "must have letters, digits, - and _ only")
        .length("authorization", request.getAuthorization(), 0, AUTHORIZATION)
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
