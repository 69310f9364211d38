package io.siyu.mall.distributor.correction;

import io.siyu.mall.distributor.correction.SqlNameCorrections.Named;
import io.siyu.mall.distributor.distributor.PersonSeal;
import io.siyu.mall.distributor.identity.IdentityMarks;
import io.siyu.mall.distributor.identity.People;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.personal.Cell;
import io.siyu.mall.platform.personal.Masks;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Correcting a real name, in the caller's transaction: asked for by the distributor, decided by
 * staff. A transfer under way takes the new name from its next order on, and a new withdrawal from
 * the start.
 */
@ApplicationScoped
public class NameCorrectionCommands {

  private static final String OVERTAKEN = "会员已合并到另一账户，请重新申请";

  private final SqlNameCorrections corrections;
  private final People people;
  private final IdentityMarks marks;
  private final PersonSeal seal;
  private final PersonalCipher cipher;
  private final Clock clock;

  NameCorrectionCommands(
      SqlNameCorrections corrections,
      People people,
      IdentityMarks marks,
      PersonSeal seal,
      PersonalCipher cipher,
      Clock clock) {
    this.corrections = corrections;
    this.people = people;
    this.marks = marks;
    this.seal = seal;
    this.cipher = cipher;
    this.clock = clock;
  }

  /**
   * A distributor asks for it.
   *
   * @param idNumber empty: none given
   * @return fails with NAME_CORRECTION_OPEN
   */
  public Uni<NameCorrection> request(
      SqlTransaction tx, UUID memberId, String realName, String idNumber, String reason) {
    return corrections
        .lockNamed(tx, memberId)
        .map(
            named -> {
              UUID id = Ids.next();
              return new NameCorrection(
                  id,
                  memberId,
                  named.distributorId(),
                  NameCorrectionState.REQUESTED,
                  named.nameMasked(),
                  cipher.encrypt(name(id, memberId), realName),
                  Masks.name(realName),
                  idNumber.isEmpty() ? "" : cipher.encrypt(idNumber(id, memberId), idNumber),
                  Masks.idNumber(idNumber),
                  reason,
                  clock.instant(),
                  "",
                  "",
                  null);
            })
        .call(correction -> corrections.add(tx, correction));
  }

  /** Staff agree: from now on that name is paid, and what it proves about the person is known. */
  public Uni<NameCorrection> approve(SqlTransaction tx, UUID id, String by) {
    return corrections
        .lock(tx, id)
        .map(correction -> correction.approve(by, clock.instant()))
        .call(correction -> corrections.decided(tx, correction))
        .call(
            correction ->
                corrections
                    .lockNamed(tx, correction.memberId())
                    .chain(named -> rename(tx, named, correction)));
  }

  /** Staff turn it down. */
  public Uni<NameCorrection> reject(SqlTransaction tx, UUID id, String reason, String by) {
    return corrections
        .lock(tx, id)
        .map(correction -> correction.reject(reason, by, clock.instant()))
        .call(correction -> corrections.decided(tx, correction));
  }

  /** The member goes on as another: what is open is turned down, and can be asked for anew. */
  public Uni<Void> overtaken(SqlTransaction tx, UUID memberId) {
    return corrections
        .openOf(tx, memberId)
        .chain(
            open ->
                open.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : reject(tx, open.get(), OVERTAKEN, "SYSTEM").replaceWithVoid());
  }

  private Uni<Void> rename(SqlTransaction tx, Named named, NameCorrection correction) {
    UUID seat = named.distributorId();
    UUID member = correction.memberId();
    String name = cipher.decrypt(name(correction.id(), member), correction.newNameEncrypted());
    boolean numbered = !correction.idNumberEncrypted().isEmpty();
    String idNumber =
        numbered
            ? cipher.decrypt(idNumber(correction.id(), member), correction.idNumberEncrypted())
            : "";
    String nameMark = marks.ofName(name, seal.phone(seat, member, named.phoneEncrypted()));
    String idNumberMark = marks.ofIdNumber(idNumber);
    return corrections
        .rename(
            tx,
            named,
            correction,
            seal.sealName(seat, member, name),
            nameMark,
            seal.sealIdNumber(seat, member, idNumber),
            idNumberMark)
        .chain(
            () ->
                people.learn(
                    tx,
                    correction.memberId(),
                    numbered ? List.of(nameMark, idNumberMark) : List.of(nameMark)));
  }

  static Cell name(UUID correction, UUID member) {
    return Cell.of("name_corrections", "new_name", correction, member);
  }

  private static Cell idNumber(UUID correction, UUID member) {
    return Cell.of("name_corrections", "id_number", correction, member);
  }
}
