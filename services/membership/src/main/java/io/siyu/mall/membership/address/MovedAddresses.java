package io.siyu.mall.membership.address;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** One member's addresses become another's, with plain SQL in the caller's transaction. */
@ApplicationScoped
public class MovedAddresses {

  private final AddressSeal seal;

  MovedAddresses(AddressSeal seal) {
    this.seal = seal;
  }

  /**
   * Moves the newest, as many as the other's book has room for; the rest stays where nobody sees
   * it. The default stays the other's; theirs is taken over when the other has none. Both members
   * are locked.
   */
  public Uni<Void> move(SqlTransaction tx, MemberId from, MemberId to) {
    return tx.select("SELECT COUNT(*) FROM addresses WHERE member_id = ?", to.value())
        .map(rows -> rows.get(0).number(0))
        .flatMap(
            kept ->
                tx.select(
                        "SELECT id, receiver_sealed, phone_sealed, place_sealed, is_default"
                            + " FROM addresses WHERE member_id = ?"
                            + " ORDER BY saved_at DESC, id DESC LIMIT "
                            + Math.max(0, AddressBook.MAX - kept),
                        from.value())
                    .flatMap(
                        rows -> {
                          Uni<Void> done = Uni.createFrom().voidItem();
                          for (SqlRow row : rows) {
                            done = done.chain(() -> move(tx, row, from, to, kept == 0));
                          }
                          return done;
                        }));
  }

  private Uni<Void> move(
      SqlTransaction tx, SqlRow row, MemberId from, MemberId to, boolean withDefault) {
    AddressId id = new AddressId(row.uuid(0));
    SealedAddress sealed =
        seal.seal(
            id, to, seal.open(id, from, new SealedAddress(row.text(1), row.text(2), row.text(3))));
    return tx.execute(
            "UPDATE addresses SET member_id = ?, receiver_sealed = ?, phone_sealed = ?,"
                + " place_sealed = ?, is_default = ?, version = version + 1 WHERE id = ?",
            to.value(),
            sealed.receiver(),
            sealed.phone(),
            sealed.place(),
            withDefault && row.number(4) != 0 ? 1 : 0,
            id.value())
        .replaceWithVoid();
  }
}
