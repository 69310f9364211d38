package io.siyu.mall.platform.error;

import io.vertx.core.VertxException;
import io.vertx.mysqlclient.MySQLBatchException;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.DatabaseException;
import jakarta.persistence.OptimisticLockException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.hibernate.StaleStateException;

/** Recognises what the database said, wherever it is in the chain of causes. */
public final class DatabaseErrors {

  private static final int DUPLICATE_KEY = 1062;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int DEADLOCK = 1213;
  private static final int DEPTH = 12;

  /** Too many connections, shutting down, host blocked, user's limit, connection killed, idle. */
  private static final Set<Integer> AWAY = Set.of(1040, 1053, 1129, 1203, 1927, 4031);

  /** Letters that the column's character set lacks, in a comparison and in a value; too long. */
  private static final Set<Integer> UNFIT = Set.of(1267, 1366, 1406);

  private DatabaseErrors() {}

  /** A unique key already has the value. */
  public static boolean isDuplicateKey(Throwable failure) {
    return hasCode(failure, DUPLICATE_KEY);
  }

  /** As above, and the key is the one of this name. */
  public static boolean isDuplicateKey(Throwable failure, String key) {
    return any(
        failure,
        f ->
            f instanceof MySQLException e
                && e.getErrorCode() == DUPLICATE_KEY
                && e.getMessage().contains(key));
  }

  /** The server itself said no to a statement, so that its transaction was undone for certain. */
  public static boolean isRefused(Throwable failure) {
    return !isUnavailable(failure) && any(failure, f -> f instanceof MySQLException);
  }

  /** The server chose this transaction as a victim, or it waited too long: worth another try. */
  public static boolean isDeadlock(Throwable failure) {
    return hasCode(failure, DEADLOCK) || hasCode(failure, LOCK_WAIT_TIMEOUT);
  }

  /** The row has another version than the one that was read. */
  public static boolean isStaleVersion(Throwable failure) {
    return any(
        failure, f -> f instanceof OptimisticLockException || f instanceof StaleStateException);
  }

  /** A value cannot be in the column that it was compared with or written to. */
  public static boolean isUnfitValue(Throwable failure) {
    return UNFIT.stream().anyMatch(code -> hasCode(failure, code));
  }

  /** The database cannot be reached, or the pool has no connection to give. */
  public static boolean isUnavailable(Throwable failure) {
    // What the server refuses is a VertxException too, but the server is there.
    return any(
        failure,
        f ->
            f instanceof IOException
                || f instanceof VertxException
                    && !(f instanceof DatabaseException || f instanceof MySQLBatchException)
                || f instanceof MySQLException e && AWAY.contains(e.getErrorCode())
                || f instanceof TimeoutException);
  }

  private static boolean hasCode(Throwable failure, int code) {
    // The SQL client says it itself, Hibernate in a SQLException of its own.
    return any(
        failure,
        f ->
            f instanceof MySQLException e && e.getErrorCode() == code
                || f instanceof SQLException s && s.getErrorCode() == code);
  }

  private static boolean any(Throwable failure, Predicate<Throwable> test) {
    Throwable current = failure;
    for (int i = 0; i < DEPTH && current != null; i++) {
      if (test.test(current)) {
        return true;
      }
      if (current instanceof MySQLBatchException batch) {
        // What was said of its statements is not in the chain.
        return batch.getIterationError().values().stream().anyMatch(said -> any(said, test));
      }
      current = current.getCause();
    }
    return false;
  }
}
