package io.siyu.mall.membership.member;

import io.siyu.mall.membership.growth.LevelTable;
import io.siyu.mall.membership.growth.LevelTables;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.personal.Masks;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.text.Reading;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads members. Phones leave here masked; there is no other way out. */
@ApplicationScoped
public class MemberQueries {

  /** The reason when there is no such member. */
  public static final String MEMBER_UNKNOWN = "MEMBER_UNKNOWN";

  private static final String SELECT =
      "SELECT m.id, m.nickname, m.avatar_url, m.phone_sealed, m.version, m.registered_at,"
          + " COALESCE(g.growth_value, 0), COALESCE(g.level, 0),"
          + " m.merged_into, (SELECT GROUP_CONCAT(HEX(a.id) ORDER BY a.id) FROM members a"
          + " WHERE a.merged_into = m.id)"
          + " FROM members m LEFT JOIN growth_accounts g ON g.member_id = m.id ";
  private final Pool pool;
  private final LevelTables tables;
  private final PersonalCipher cipher;

  @Inject
  MemberQueries(Pool pool, LevelTables tables, PersonalCipher cipher) {
    this.pool = pool;
    this.tables = tables;
    this.cipher = cipher;
  }

  /**
   * One member.
   *
   * @return fails with NOT_FOUND {@value #MEMBER_UNKNOWN}
   */
  public Uni<MemberView> get(MemberId id) {
    return read(tx -> get(tx, id));
  }

  /** The same inside a transaction, so that it sees what the transaction has changed. */
  public Uni<MemberView> get(SqlTransaction tx, MemberId id) {
    return views(tx, SELECT + "WHERE m.id = ?", id.value())
        .map(found -> found.stream().findFirst().orElseThrow(MemberQueries::unknown));
  }

  /** The refusal of somebody who is no member. */
  public static DomainException unknown() {
    return DomainException.notFound(MEMBER_UNKNOWN, "there is no such member");
  }

  /**
   * A page of members: newest first; or by nickname when the query is the beginning of one; or the
   * one with that phone when the query is a whole phone number.
   */
  public Uni<MemberPage> list(String query, int pageSize, String pageToken) {
    String text = query.strip();
    int size = PageSize.of(pageSize);
    if (text.isEmpty()) {
      return newest(size, PageTokens.decode(pageToken, 1));
    }
    Reading phone = TextType.PHONE.required(text);
    if (phone.ok()) {
      return read(tx -> views(tx, SELECT + "WHERE m.phone_hash = ?", cipher.hash(phone.value())))
          .map(found -> new MemberPage(found, ""));
    }
    return byNickname(text, size, PageTokens.decode(pageToken, 2));
  }

  /**
   * The member's id at WeChat in the mini-program, if they ever signed in there. Of several, which
   * a merge brings, the one that this session was opened by: it is the one that pays.
   *
   * @param session null: none
   */
  public Uni<Optional<String>> openid(MemberId id, String appId, UUID session) {
    return read(
        tx ->
            tx.select(
                    "SELECT i.subject FROM identities i LEFT JOIN sessions s ON s.id = ?"
                        + " AND s.openid = i.subject"
                        + " WHERE i.member_id = ? AND i.kind = ? AND i.app_id = ?"
                        + " ORDER BY s.id IS NULL, i.id DESC LIMIT 1",
                    session,
                    id.value(),
                    IdentityKind.WECHAT_MINI_OPENID,
                    appId)
                .map(rows -> rows.stream().map(row -> row.text(0)).findFirst()));
  }

  private Uni<MemberPage> newest(int size, PageKey after) {
    List<Object> params = new ArrayList<>();
    String where = "";
    if (after != null) {
      where = "WHERE m.id < ? ";
      params.add(after.uuid(0));
    }
    return page(size, where + "ORDER BY m.id DESC", params, m -> PageTokens.encode(m.id().value()));
  }

  private Uni<MemberPage> byNickname(String prefix, int size, PageKey after) {
    List<Object> params = new ArrayList<>();
    String where = "WHERE m.nickname LIKE ? ESCAPE '!' ";
    params.add(prefix.replaceAll("[!%_]", "!$0") + "%");
    if (after != null) {
      where += "AND (m.nickname > ? OR m.nickname = ? AND m.id > ?) ";
      params.add(after.text(0));
      params.add(after.text(0));
      params.add(after.uuid(1));
    }
    return page(
        size,
        where + "ORDER BY m.nickname, m.id",
        params,
        m -> PageTokens.encode(m.nickname(), m.id().value()));
  }

  private Uni<MemberPage> page(
      int size, String tail, List<Object> params, Function<MemberView, String> token) {
    return read(tx -> views(tx, SELECT + tail + " LIMIT " + (size + 1), params.toArray()))
        .map(
            found ->
                found.size() <= size
                    ? new MemberPage(found, "")
                    : new MemberPage(found.subList(0, size), token.apply(found.get(size - 1))));
  }

  private Uni<List<MemberView>> views(SqlTransaction tx, String sql, Object... params) {
    return tables
        .current(tx)
        .flatMap(
            levels ->
                tx.select(sql, params)
                    .map(rows -> rows.stream().map(row -> view(row, levels)).toList()));
  }

  private MemberView view(SqlRow row, LevelTable levels) {
    int level = (int) row.number(7);
    MemberId id = new MemberId(row.uuid(0));
    return new MemberView(
        id,
        row.text(1),
        row.text(2),
        Masks.phone(cipher.decrypt(SealedPhone.cell(id), row.text(3))),
        level,
        levels.level(level).name(),
        row.number(6),
        row.number(4),
        row.instant(5),
        row.isNull(8) ? null : new MemberId(row.uuid(8)),
        row.isNull(9)
            ? List.of()
            : Stream.of(row.text(9).split(",")).map(MemberId::ofHex).toList());
  }

  private <T> Uni<T> read(Function<SqlTransaction, Uni<T>> query) {
    return pool.withConnection(connection -> query.apply(SqlTransaction.of(connection)));
  }
}
