package io.siyu.mall.cps.sync;

import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.affiliate.Question;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads about synchronisation. */
@ApplicationScoped
public class SyncQueries {

  private static final UUID LAST = new UUID(-1, -1);

  private final SqlReader reader;
  private final Syncs syncs;
  private final Platforms platforms;
  private final SyncMetrics metrics;

  SyncQueries(SqlReader reader, Syncs syncs, Platforms platforms, SyncMetrics metrics) {
    this.reader = reader;
    this.syncs = syncs;
    this.platforms = platforms;
    this.metrics = metrics;
  }

  /** One page, the newest first; an empty token on the last one. */
  public record Page(List<Sync> syncs, String nextToken) {}

  /** How far one question has come. */
  public record Stream(Question question, Instant watermark, long lagSeconds, boolean gap) {}

  /** How a platform stands. */
  public record Standing(Platform platform, boolean configured, List<Stream> streams) {}

  /**
   * @param platform null: all
   */
  public Uni<Page> list(Platform platform, int pageSize, String token) {
    int size = PageSize.of(pageSize);
    PageKey after = PageTokens.decode(token, 1);
    List<Object> params = new ArrayList<>();
    params.add(after == null ? LAST : after.uuid(0));
    String sql = Syncs.COLUMNS + " WHERE id < ?";
    if (platform != null) {
      sql += " AND platform = ?";
      params.add(platform);
    }
    return reader
        .select(sql + " ORDER BY id DESC LIMIT " + (size + 1), params.toArray())
        .map(
            rows -> {
              List<Sync> found = rows.stream().limit(size).map(Syncs::sync).toList();
              return new Page(
                  found, rows.size() > size ? PageTokens.encode(found.get(size - 1).id()) : "");
            });
  }

  /** All platforms that there is a class for. */
  public Uni<List<Standing>> platforms() {
    return Multi.createFrom()
        .iterable(platforms.all())
        .onItem()
        .transformToUniAndConcatenate(this::standing)
        .collect()
        .asList();
  }

  private Uni<Standing> standing(AffiliatePlatform platform) {
    return syncs
        .watermarks(platform.platform())
        .map(
            watermarks ->
                new Standing(
                    platform.platform(),
                    platform.configured(),
                    watermarks.entrySet().stream()
                        .map(
                            one ->
                                new Stream(
                                    one.getKey(),
                                    one.getValue(),
                                    metrics.lag(one.getValue()).toSeconds(),
                                    metrics.isGap(platform.platform(), one.getValue())))
                        .toList()));
  }
}
