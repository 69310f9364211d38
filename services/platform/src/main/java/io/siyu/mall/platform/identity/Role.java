package io.siyu.mall.platform.identity;

import java.util.Arrays;
import java.util.Optional;

/** The realm roles of staff and services. */
public enum Role {
  PLATFORM_ADMIN("platform-admin"),
  BRAND_ADMIN("brand-admin"),
  BRAND_OPERATOR("brand-operator"),
  FINANCE("finance"),
  MENTOR("mentor"),
  AUDITOR("auditor"),
  SERVICE("service");

  private final String claim;

  Role(String claim) {
    this.claim = claim;
  }

  /** The role's name in a token. */
  public String claim() {
    return claim;
  }

  /** The role of that name; empty for roles that mean nothing here. */
  public static Optional<Role> ofClaim(String claim) {
    return Arrays.stream(values()).filter(role -> role.claim.equals(claim)).findFirst();
  }
}
