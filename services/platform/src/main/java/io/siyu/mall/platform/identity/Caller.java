package io.siyu.mall.platform.identity;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/**
 * Who calls. Read it at the top of every RPC with {@link #current()}; it stays the same through the
 * whole reactive chain of the call.
 *
 * @param subject the member's id, the staff member's Keycloak subject or the service's name; empty
 *     for anonymous
 * @param roles realm roles of staff and services; empty for members
 * @param brandCodes the brands that staff belong to
 * @param token the bearer token as it came, to be passed on; null for anonymous and for this
 *     service's own jobs
 */
public record Caller(
    Kind kind, String subject, Set<Role> roles, Set<String> brandCodes, String token) {

  /** What sort of caller. */
  public enum Kind {
    ANONYMOUS,
    MEMBER,
    STAFF,
    SERVICE
  }

  /** No token came. */
  public static final Caller ANONYMOUS = new Caller(Kind.ANONYMOUS, "", Set.of(), Set.of(), null);

  public static final String SIGN_IN_REQUIRED = "SIGN_IN_REQUIRED";
  public static final String MEMBER_REQUIRED = "MEMBER_REQUIRED";
  public static final String STAFF_REQUIRED = "STAFF_REQUIRED";
  public static final String ROLE_REQUIRED = "ROLE_REQUIRED";
  public static final String SERVICE_REQUIRED = "SERVICE_REQUIRED";
  public static final String OTHER_BRAND = "OTHER_BRAND";

  private static final String LOCAL = Caller.class.getName();

  public Caller {
    roles = Set.copyOf(roles);
    brandCodes = Set.copyOf(brandCodes);
  }

  /** This service itself, in a job or the relay; outgoing calls use its client credentials. */
  public static Caller self(String service) {
    return new Caller(Kind.SERVICE, service, Set.of(Role.SERVICE), Set.of(), null);
  }

  /** The caller of the RPC (or job) that runs here; {@link #ANONYMOUS} outside of any. */
  public static Caller current() {
    Context context = Vertx.currentContext();
    Caller caller = context == null ? null : context.getLocal(LOCAL);
    return caller == null ? ANONYMOUS : caller;
  }

  /** Makes this the caller of everything that runs on the (duplicated) context. */
  public void attachTo(Context context) {
    context.putLocal(LOCAL, this);
  }

  public boolean isAnonymous() {
    return kind == Kind.ANONYMOUS;
  }

  public boolean isMember() {
    return kind == Kind.MEMBER;
  }

  public boolean isStaff() {
    return kind == Kind.STAFF;
  }

  public boolean isService() {
    return kind == Kind.SERVICE;
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }

  /**
   * The id of the member that calls.
   *
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED for anybody else
   */
  public UUID memberId() {
    return Ids.parse("subject", requireMember().subject);
  }

  /**
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED unless a member
   *     calls
   */
  public Caller requireMember() {
    return require(isMember(), MEMBER_REQUIRED, "only members may do this");
  }

  /**
   * @param anyOf one of these roles is enough; none given: any staff
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED unless staff with
   *     such a role call
   */
  public Caller requireStaff(Role... anyOf) {
    require(isStaff(), STAFF_REQUIRED, "only staff may do this");
    boolean allowed = anyOf.length == 0 || Arrays.stream(anyOf).anyMatch(this::has);
    return require(allowed, ROLE_REQUIRED, "needs one of the roles " + Arrays.toString(anyOf));
  }

  /**
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED unless a service
   *     calls
   */
  public Caller requireService() {
    return require(isService(), SERVICE_REQUIRED, "only other services may do this");
  }

  /**
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED unless the caller
   *     may act for the brand
   */
  public Caller requireBrand(String code) {
    return require(
        seesAllBrands() || isStaff() && brandCodes.contains(code),
        OTHER_BRAND,
        "this belongs to a brand that the caller does not work for");
  }

  /** Services, and staff of the platform itself; a query for anybody else filters by brand. */
  public boolean seesAllBrands() {
    return isService()
        || isStaff() && (has(Role.PLATFORM_ADMIN) || has(Role.FINANCE) || has(Role.AUDITOR));
  }

  /** Names the caller in stored rows and logs, for example {@code MEMBER:018f…}. */
  public String key() {
    return kind + ":" + subject;
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return key() + roles + brandCodes;
  }

  private Caller require(boolean holds, String reason, String message) {
    if (holds) {
      return this;
    }
    io.siyu.mall.platform.error.Kind refusal =
        isAnonymous()
            ? io.siyu.mall.platform.error.Kind.UNAUTHENTICATED
            : io.siyu.mall.platform.error.Kind.PERMISSION_DENIED;
    throw new DomainException(refusal, isAnonymous() ? SIGN_IN_REQUIRED : reason, message);
  }
}
