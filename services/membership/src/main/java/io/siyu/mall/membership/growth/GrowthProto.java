package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.membership.v1.Growth;
import io.siyu.mall.proto.membership.v1.ListGrowthEntriesResponse;

/** Growth on the wire. */
public final class GrowthProto {

  private GrowthProto() {}

  /** Where a member stands. */
  public static Growth growth(GrowthView view) {
    Growth.Builder growth =
        Growth.newBuilder()
            .setMemberId(view.memberId().toString())
            .setGrowthValue(view.value())
            .setLevel(view.level())
            .setLevelName(view.levelName())
            .setNextLevelAt(view.nextLevelAt());
    if (view.validUntil() != null) {
      growth.setLevelValidUntil(ProtoTime.to(view.validUntil()));
    }
    return growth.build();
  }

  /** One page. */
  public static ListGrowthEntriesResponse page(GrowthPage page) {
    return ListGrowthEntriesResponse.newBuilder()
        .addAllEntries(page.entries().stream().map(GrowthProto::entry).toList())
        .setNextPageToken(page.nextPageToken())
        .build();
  }

  private static io.siyu.mall.proto.membership.v1.GrowthEntry entry(GrowthEntry entry) {
    GrowthFact fact = entry.fact();
    return io.siyu.mall.proto.membership.v1.GrowthEntry.newBuilder()
        .setEntryId(entry.id().toString())
        .setDelta(entry.delta())
        .setSource(fact.source().name())
        .setSourceId(fact.sourceId())
        .setText(text(fact.source()))
        .setAt(ProtoTime.to(fact.at()))
        .build();
  }

  private static String text(GrowthSource source) {
    return switch (source) {
      case ORDER_COMPLETED -> "订单完成";
      case LINE_REFUNDED -> "售后退款";
    };
  }
}
