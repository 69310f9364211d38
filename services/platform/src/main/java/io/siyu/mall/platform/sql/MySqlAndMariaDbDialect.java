package io.siyu.mall.platform.sql;

import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.lock.internal.MySQLLockingSupport;
import org.hibernate.dialect.lock.spi.LockingSupport;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;

/**
 * MySQL's dialect without {@code FOR UPDATE OF alias}, which MariaDB does not know: whole rows are
 * locked by plain {@code FOR UPDATE}, which both understand.
 */
public class MySqlAndMariaDbDialect extends MySQLDialect {

  private static final LockingSupport LOCKING = new MySQLLockingSupport(DatabaseVersion.make(5, 7));

  /** Called by Hibernate with what the server says about itself. */
  public MySqlAndMariaDbDialect(DialectResolutionInfo info) {
    super(info);
  }

  @Override
  public LockingSupport getLockingSupport() {
    return LOCKING;
  }

  @Override
  protected boolean supportsAliasLocks() {
    return false;
  }
}
