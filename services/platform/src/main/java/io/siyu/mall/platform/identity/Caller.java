package io.siyu.mall.platform.identity;

import io.grpc.MethodDescriptor;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
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
 * @param mergedIds of a member: those who go on as them, whose orders are theirs as well
 * @param token the bearer token as it came, to be passed on; null for anonymous and for this
 *     service's own jobs
 * @param reach how far they reach in the method that they called. Roles and brands themselves are
 *     for {@link AccessRule} alone: whoever asks for a role in general lets one role widen another
 */
public record Caller(
    Kind kind,
    String subject,
    Set<Role> roles,
    Set<String> brandCodes,
    Set<UUID> mergedIds,
    String token,
    Reach reach) {

  /** What sort of caller. */
  public enum Kind {
    ANONYMOUS,
    MEMBER,
    STAFF,
    SERVICE
  }

  /** No token came. */
  public static final Caller ANONYMOUS =
      new Caller(Kind.ANONYMOUS, "", Set.of(), Set.of(), null, Reach.NOTHING);

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
    mergedIds = Set.copyOf(mergedIds);
  }

  /** A caller whom nobody was merged into. */
  public Caller(
      Kind kind,
      String subject,
      Set<Role> roles,
      Set<String> brandCodes,
      String token,
      Reach reach) {
    this(kind, subject, roles, brandCodes, Set.of(), token, reach);
  }

  /** This service itself, in a job or the relay; outgoing calls use its client credentials. */
  public static Caller self(String service) {
    return new Caller(Kind.SERVICE, service, Set.of(Role.SERVICE), Set.of(), null, Reach.ALL);
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

  /** The same caller in a method in which they reach so far. */
  Caller reaching(Reach wanted) {
    return new Caller(kind, subject, roles, brandCodes, mergedIds, token, wanted);
  }

  /**
   * Whether the caller may also call another method: for a part of an operation that is an
   * operation of its own.
   */
  public boolean may(MethodDescriptor<?, ?> method) {
    return AccessRule.of(method).allows(this);
  }

  /** How far the caller would reach in another method. */
  public Reach reachIn(MethodDescriptor<?, ?> method) {
    return AccessRule.of(method).reach(this);
  }

  /**
   * The caller as that of another method.
   *
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED for whoever may not
   */
  public Caller require(MethodDescriptor<?, ?> method) {
    return AccessRule.of(method).admit(this);
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
   * The member that calls and all who were merged into them: whatever one of them owns is theirs.
   *
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED for anybody else
   */
  public Set<UUID> memberIds() {
    Set<UUID> ids = new LinkedHashSet<>();
    ids.add(memberId());
    ids.addAll(mergedIds);
    return ids;
  }

  /**
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED unless a member
   *     calls
   */
  public Caller requireMember() {
    return require(isMember(), MEMBER_REQUIRED, "only members may do this");
  }

  /**
   * @throws DomainException PERMISSION_DENIED unless what belongs to the brand is within the
   *     caller's reach
   */
  public Caller requireBrand(String code) {
    return require(
        reach.includes(code),
        OTHER_BRAND,
        "this belongs to a brand that the caller does not work for");
  }

  /**
   * @throws DomainException PERMISSION_DENIED unless the caller reaches everything, for what
   *     belongs to no brand
   */
  public Caller requireAll() {
    return require(reach.all(), ROLE_REQUIRED, "only the platform's staff may do this");
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
