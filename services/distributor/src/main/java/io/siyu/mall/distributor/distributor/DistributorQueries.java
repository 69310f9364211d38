package io.siyu.mall.distributor.distributor;

import io.siyu.mall.distributor.identity.IdentityMarks;
import io.siyu.mall.distributor.identity.Survivors;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Reads of distributors and invites. */
@ApplicationScoped
public class DistributorQueries {

  private static final String VIEW =
      "SELECT d.id, d.member_id, d.state, d.display_name, d.upline_id, d.inviter_kind,"
          + " d.inviter_id, d.brand_code, d.real_name_masked, d.phone_masked, d.state_reason,"
          + " d.version, d.applied_at, d.activated_at, d.id_number_masked,"
          + " (SELECT COUNT(*) FROM distributors e JOIN bindings b ON b.open_distributor = e.id"
          + " AND b.effective = 1 WHERE e.member_id = d.member_id)"
          + " FROM distributors d";

  private final SqlReader reader;
  private final PersonalCipher cipher;

  DistributorQueries(Pool pool, PersonalCipher cipher) {
    this.reader = SqlReader.of(pool);
    this.cipher = cipher;
  }

  /** A page of a list. */
  public record Page<T>(List<T> items, String nextToken) {

    /** Cuts the row too many, which tells that there is a next page. */
    public static <T> Page<T> of(List<T> rows, int size, Function<T, String> token) {
      return rows.size() <= size
          ? new Page<>(rows, "")
          : new Page<>(rows.subList(0, size), token.apply(rows.get(size - 1)));
    }
  }

  /** An invite as it is shown. */
  public record InviteView(
      String code,
      InviterKind inviterKind,
      String inviterId,
      int usesLeft,
      java.time.Instant expiresAt,
      java.time.Instant createdAt) {}

  /**
   * One distributor.
   *
   * @throws DomainException DISTRIBUTOR_NOT_FOUND
   */
  public Uni<DistributorView> get(UUID id) {
    return one(reader, id);
  }

  /** As {@link #get}, seeing what the transaction has changed. */
  public Uni<DistributorView> get(SqlReader transaction, UUID id) {
    return one(transaction, id);
  }

  /** The distributor that the member is, or was last; null when never. */
  public Uni<DistributorView> ofMember(UUID memberId) {
    return reader
        .select(
            VIEW + " WHERE d.member_id = ? ORDER BY d.living_member IS NULL, d.id DESC LIMIT 1",
            memberId)
        .map(rows -> rows.isEmpty() ? null : view(rows.get(0)));
  }

  /** Who goes on as which; see {@link Survivors}. */
  public Uni<UUID> memberNow(UUID memberId) {
    return Survivors.of(reader, memberId);
  }

  /**
   * The distributor that a member is, or was until it was closed.
   *
   * @throws DomainException NOT_A_DISTRIBUTOR, also while the application is open
   */
  public Uni<Seat> seat(UUID memberId) {
    return reader
        .select(
            "SELECT id, state, display_name, brand_code FROM distributors WHERE member_id = ?"
                + " AND state IN ('ACTIVE', 'SUSPENDED', 'CLOSED')"
                + " ORDER BY living_member IS NULL, id DESC",
            memberId)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw Seat.none();
              }
              SqlRow row = rows.get(0);
              return new Seat(
                  memberId,
                  row.uuid(0),
                  DistributorState.valueOf(row.text(1)),
                  row.text(2),
                  row.text(3),
                  rows.stream().map(each -> each.uuid(0)).toList());
            });
  }

  /**
   * Distributors by id, in the order of their application.
   *
   * @param state null: any
   * @param query part of the name, or a whole phone number; empty: any
   * @param brands only those invited by these brands; null: all
   */
  public Uni<Page<DistributorView>> list(
      DistributorState state, String query, Collection<String> brands, int size, String token) {
    PageKey after = PageTokens.decode(token, 1);
    StringBuilder sql = new StringBuilder(VIEW + " WHERE 1 = 1");
    List<Object> params = new ArrayList<>();
    if (after != null) {
      sql.append(" AND d.id > ?");
      params.add(after.uuid(0));
    }
    if (state != null) {
      sql.append(" AND d.state = ?");
      params.add(state);
    }
    if (!query.isBlank()) {
      sql.append(" AND (d.display_name LIKE ? OR d.phone_hash = ?)");
      params.add("%" + query.strip().replaceAll("([\\\\%_])", "\\\\$1") + "%");
      params.add(cipher.hash(IdentityMarks.digits(TextType.PHONE.normal(query))));
    }
    if (brands != null) {
      if (brands.isEmpty()) {
        return Uni.createFrom().item(new Page<>(List.of(), ""));
      }
      sql.append(" AND d.brand_code IN (").append(Marks.list(brands.size())).append(')');
      params.addAll(brands);
    }
    return page(sql.append(" ORDER BY d.id LIMIT ").append(size + 1).toString(), params, size);
  }

  /** Those whom a distributor recruited, from whichever of their seats. */
  public Uni<Page<DistributorView>> team(Seat upline, int size, String token) {
    PageKey after = PageTokens.decode(token, 1);
    UUID from = after == null ? new UUID(0, 0) : after.uuid(0);
    List<Object> params = new ArrayList<>(upline.ids());
    params.add(from);
    return page(
        VIEW
            + " WHERE d.upline_id IN ("
            + Marks.list(upline.ids().size())
            + ") AND d.id > ? ORDER BY d.id LIMIT "
            + (size + 1),
        params,
        size);
  }

  /**
   * Invites, the newest first.
   *
   * @param of the inviters' ids by their kind; null: of everybody
   */
  public Uni<Page<InviteView>> invites(
      Map<InviterKind, ? extends Collection<String>> of, int size, String token) {
    PageKey after = PageTokens.decode(token, 2);
    StringBuilder sql =
        new StringBuilder(
            "SELECT code, inviter_kind, inviter_id, uses_left, expires_at, created_at FROM invites"
                + " WHERE 1 = 1");
    List<Object> params = new ArrayList<>();
    if (of != null) {
      sql.append(" AND (1 = 0");
      of.forEach(
          (kind, ids) -> {
            if (!ids.isEmpty()) {
              sql.append(" OR inviter_kind = ? AND inviter_id IN (")
                  .append(Marks.list(ids.size()))
                  .append(')');
              params.add(kind);
              params.addAll(ids);
            }
          });
      sql.append(')');
    }
    if (after != null) {
      sql.append(" AND (created_at < ? OR created_at = ? AND code < ?)");
      params.add(after.instant(0));
      params.add(after.instant(0));
      params.add(after.text(1));
    }
    sql.append(" ORDER BY created_at DESC, code DESC LIMIT ").append(size + 1);
    return reader
        .select(sql.toString(), params.toArray())
        .map(
            rows ->
                Page.of(
                    rows.stream().map(DistributorQueries::invite).toList(),
                    size,
                    last -> PageTokens.encode(last.createdAt(), last.code())));
  }

  private Uni<DistributorView> one(SqlReader from, UUID id) {
    return from.select(VIEW + " WHERE d.id = ?", id)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(
                    DistributorCommands.NOT_FOUND, "there is no such distributor");
              }
              return view(rows.get(0));
            });
  }

  private Uni<Page<DistributorView>> page(String sql, List<Object> params, int size) {
    return reader
        .select(sql, params.toArray())
        .map(
            rows ->
                Page.of(
                    rows.stream().map(DistributorQueries::view).toList(),
                    size,
                    last -> PageTokens.encode(last.id())));
  }

  private static InviteView invite(SqlRow row) {
    return new InviteView(
        row.text(0),
        InviterKind.valueOf(row.text(1)),
        row.text(2),
        (int) row.number(3),
        row.instant(4),
        row.instant(5));
  }

  private static DistributorView view(SqlRow row) {
    return new DistributorView(
        row.uuid(0),
        row.uuid(1),
        DistributorState.valueOf(row.text(2)),
        row.text(3),
        row.uuid(4),
        row.text(5) + ":" + row.text(6),
        row.text(7),
        row.text(8),
        row.text(9),
        row.text(14),
        row.number(15),
        row.text(10),
        row.number(11),
        row.instant(12),
        row.instant(13));
  }
}
