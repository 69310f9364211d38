package io.siyu.mall.membership.address;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Reads the member's own addresses: masked in the list, in clear one by one. */
@ApplicationScoped
public class AddressQueries {

  private static final String SELECT =
      "SELECT id, receiver_sealed, phone_sealed, place_sealed, is_default FROM addresses"
          + " WHERE member_id = ? ";

  private final Pool pool;
  private final AddressSeal seal;

  @Inject
  AddressQueries(Pool pool, AddressSeal seal) {
    this.pool = pool;
    this.seal = seal;
  }

  /** All of the member's, the default first, then the newest; masked. */
  public Uni<List<AddressView>> list(MemberId member) {
    return read(member, SELECT + "ORDER BY is_default DESC, saved_at DESC, id DESC", member.value())
        .map(found -> found.stream().map(AddressView::masked).toList());
  }

  /**
   * One of the member's in clear.
   *
   * @return fails with NOT_FOUND {@link AddressBook#UNKNOWN}, also for somebody else's
   */
  public Uni<AddressView> get(MemberId member, AddressId id) {
    return read(member, SELECT + "AND id = ?", member.value(), id.value())
        .map(
            found ->
                found.stream()
                    .findFirst()
                    .orElseThrow(
                        () ->
                            DomainException.notFound(
                                AddressBook.UNKNOWN, "the member has no such address")));
  }

  private Uni<List<AddressView>> read(MemberId member, String sql, Object... params) {
    return pool.withConnection(
        connection ->
            SqlTransaction.of(connection)
                .select(sql, params)
                .map(rows -> rows.stream().map(row -> view(row, member)).toList()));
  }

  private AddressView view(SqlRow row, MemberId member) {
    SealedAddress sealed = new SealedAddress(row.text(1), row.text(2), row.text(3));
    AddressId id = new AddressId(row.uuid(0));
    return new AddressView(id.value(), seal.open(id, member, sealed), row.number(4) != 0);
  }
}
