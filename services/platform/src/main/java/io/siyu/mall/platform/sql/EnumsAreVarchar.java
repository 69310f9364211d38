package io.siyu.mall.platform.sql;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.VarcharJdbcType;

/**
 * Maps {@code @Enumerated(STRING)} to VARCHAR instead of MySQL's ENUM, so that a new constant needs
 * no ALTER TABLE; the dialect has no setting for it.
 */
public final class EnumsAreVarchar implements TypeContributor {

  @Override
  public void contribute(TypeContributions types, ServiceRegistry registry) {
    types
        .getTypeConfiguration()
        .getJdbcTypeRegistry()
        .addDescriptor(SqlTypes.ENUM, VarcharJdbcType.INSTANCE);
  }
}
