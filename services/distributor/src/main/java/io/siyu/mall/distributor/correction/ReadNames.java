package io.siyu.mall.distributor.correction;

import io.siyu.mall.distributor.correction.SqlNameCorrections.Named;
import io.siyu.mall.distributor.distributor.PersonSeal;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/**
 * Whoever decides about a correction reads both names, since masks cannot be compared; that they
 * did is kept first. No answer is stored: it would keep the names.
 */
@ApplicationScoped
public class ReadNames {

  private final Pool pool;
  private final SqlNameCorrections corrections;
  private final PersonSeal seal;
  private final PersonalCipher cipher;
  private final Clock clock;

  ReadNames(
      Pool pool,
      SqlNameCorrections corrections,
      PersonSeal seal,
      PersonalCipher cipher,
      Clock clock) {
    this.pool = pool;
    this.corrections = corrections;
    this.seal = seal;
    this.cipher = cipher;
    this.clock = clock;
  }

  /** Both names in clear. */
  public record Names(UUID correctionId, String oldName, String newName) {
    @Override
    public String toString() {
      return "Names[" + correctionId + "]";
    }
  }

  /**
   * The names of one correction that is open.
   *
   * @param by the subject of the staff's token
   * @return fails with NAME_CORRECTION_NOT_FOUND, NAME_CORRECTION_DECIDED
   */
  public Uni<Names> read(UUID id, String by) {
    return pool.withTransaction(connection -> read(SqlTransaction.of(connection), id, by));
  }

  private Uni<Names> read(SqlTransaction tx, UUID id, String by) {
    return corrections
        .lock(tx, id)
        .invoke(NameCorrection::requireOpen)
        .call(() -> corrections.read(tx, id, by, clock.instant()))
        .chain(
            correction ->
                corrections
                    .lockNamed(tx, correction.memberId())
                    .map(named -> names(named, correction)));
  }

  private Names names(Named named, NameCorrection correction) {
    UUID member = correction.memberId();
    return new Names(
        correction.id(),
        seal.name(named.distributorId(), member, named.nameEncrypted()),
        cipher.decrypt(
            NameCorrectionCommands.name(correction.id(), member), correction.newNameEncrypted()));
  }
}
