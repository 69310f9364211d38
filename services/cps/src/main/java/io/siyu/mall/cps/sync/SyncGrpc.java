package io.siyu.mall.cps.sync;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.cps.order.CpsOrderProto;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.cps.v1.ListPlatformsRequest;
import io.siyu.mall.proto.cps.v1.ListPlatformsResponse;
import io.siyu.mall.proto.cps.v1.ListSyncsRequest;
import io.siyu.mall.proto.cps.v1.ListSyncsResponse;
import io.siyu.mall.proto.cps.v1.PlatformStatus;
import io.siyu.mall.proto.cps.v1.StartSyncRequest;
import io.siyu.mall.proto.cps.v1.StreamStatus;
import io.siyu.mall.proto.cps.v1.Syncs;
import io.smallrye.mutiny.Uni;

/** Synchronisation on the wire, for staff. */
@GrpcService
public class SyncGrpc implements Syncs {

  private final SyncCommands commands;
  private final SyncQueries queries;
  private final Idempotency idempotency;

  SyncGrpc(SyncCommands commands, SyncQueries queries, Idempotency idempotency) {
    this.commands = commands;
    this.queries = queries;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<ListSyncsResponse> listSyncs(ListSyncsRequest request) {
    return queries
        .list(
            CpsOrderProto.platform(request.getPlatform()),
            request.getPageSize(),
            request.getPageToken())
        .map(
            page ->
                ListSyncsResponse.newBuilder()
                    .addAllSyncs(page.syncs().stream().map(SyncGrpc::view).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.cps.v1.Sync> startSync(StartSyncRequest request) {
    Caller caller = Caller.current();
    Platform platform = CpsOrderProto.platform(request.getPlatform());
    if (platform == null) {
      throw DomainException.invalid("platform", "must be given");
    }
    return idempotency.onceSql(
        RequestKey.of("cps.StartSync", request.getRequestId(), request),
        io.siyu.mall.proto.cps.v1.Sync.parser(),
        connection ->
            commands
                .start(SqlTransaction.of(connection), platform, caller.key())
                .map(SyncGrpc::view));
  }

  @Override
  public Uni<ListPlatformsResponse> listPlatforms(ListPlatformsRequest request) {
    return queries
        .platforms()
        .map(
            all ->
                ListPlatformsResponse.newBuilder()
                    .addAllPlatforms(all.stream().map(SyncGrpc::view).toList())
                    .build());
  }

  private static PlatformStatus view(SyncQueries.Standing standing) {
    PlatformStatus.Builder view =
        PlatformStatus.newBuilder()
            .setPlatform(CpsOrderProto.platform(standing.platform()))
            .setConfigured(standing.configured());
    standing
        .streams()
        .forEach(
            stream ->
                view.addStreams(
                    StreamStatus.newBuilder()
                        .setStream(stream.question().name())
                        .setWatermark(ProtoTime.to(stream.watermark()))
                        .setLagSeconds(stream.lagSeconds())
                        .setGap(stream.gap())));
    return view.build();
  }

  private static io.siyu.mall.proto.cps.v1.Sync view(Sync sync) {
    io.siyu.mall.proto.cps.v1.Sync.Builder view =
        io.siyu.mall.proto.cps.v1.Sync.newBuilder()
            .setSyncId(sync.id().toString())
            .setPlatform(CpsOrderProto.platform(sync.platform()))
            .setState(io.siyu.mall.proto.cps.v1.SyncState.valueOf("SYNC_" + sync.state().name()))
            .setStartedBy(sync.startedBy())
            .setWindows(sync.tally().windows())
            .setPages(sync.tally().pages())
            .setDocuments(sync.tally().documents())
            .setChanged(sync.tally().changed())
            .setError(sync.error())
            .setStartedAt(ProtoTime.to(sync.startedAt()));
    if (sync.endedAt() != null) {
      view.setEndedAt(ProtoTime.to(sync.endedAt()));
    }
    return view.build();
  }
}
