package io.siyu.mall.platform.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.mysqlclient.MySQLBatchException;
import io.vertx.mysqlclient.MySQLException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database says, as the caller hears it. */
class DatabaseErrorsTest {

  private static MySQLException said(int code) {
    return new MySQLException("as the server puts it", code, "HY000");
  }

  @ParameterizedTest
  @ValueSource(ints = {1267, 1366, 1406})
  void aValueThatNoColumnCanHoldIsTheCallersToMend(int code) {
    DomainException refusal = GrpcErrors.classify(new RuntimeException(said(code))).orElseThrow();
    assertEquals(Kind.INVALID_ARGUMENT, refusal.kind());
    assertEquals(GrpcErrors.VALUE_NOT_POSSIBLE, refusal.reason());
  }

  @Test
  void aServerThatRefusesAStatementIsNotAway() {
    assertFalse(DatabaseErrors.isUnavailable(said(1064)));
    assertTrue(GrpcErrors.classify(said(1064)).isEmpty(), "a mistake of ours");
  }

  @Test
  void whatIsSaidOfOneStatementOfABatchIsHeard() {
    MySQLBatchException batch = new MySQLBatchException();
    batch.reportError(1, said(1062));
    RuntimeException asHibernateTells = new RuntimeException(batch);
    assertFalse(DatabaseErrors.isUnavailable(asHibernateTells));
    assertTrue(DatabaseErrors.isDuplicateKey(asHibernateTells));
    assertTrue(DatabaseErrors.isDuplicateKey(asHibernateTells, "puts it"));
    batch.reportError(2, said(1053));
    assertTrue(DatabaseErrors.isUnavailable(asHibernateTells));
  }

  @Test
  void aServerThatShutsDownOrCannotBeReachedIsAway() {
    assertTrue(DatabaseErrors.isUnavailable(said(1053)));
    assertTrue(DatabaseErrors.isUnavailable(new RuntimeException(new ConnectException("refused"))));
  }
}
