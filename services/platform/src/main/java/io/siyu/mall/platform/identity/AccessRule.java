package io.siyu.mall.platform.identity;

import com.google.protobuf.Descriptors;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.proto.common.v1.Access;
import io.siyu.mall.proto.common.v1.Access.Scope;
import io.siyu.mall.proto.common.v1.AccessProto;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who may call one method of the contract, and how far each reaches in it: its option {@code
 * mall.common.v1.access}, which is the only place where that is written.
 */
public final class AccessRule {

  private static final String CONTRACT = "mall.";
  private static final String ANY_SERVICE = "*";
  private static final Map<String, AccessRule> RULES = new ConcurrentHashMap<>();

  /** For what the framework serves beside the contract: health, and reflection where it is on. */
  private static final AccessRule OF_FRAMEWORK =
      new AccessRule("", Access.newBuilder().setAnybody(true).build());

  private final String method;
  private final Access access;
  private final Map<Role, Scope> scopes = new EnumMap<>(Role.class);

  private AccessRule(String method, Access access) {
    this.method = method;
    this.access = access;
    for (Role role : Role.values()) {
      Descriptors.FieldDescriptor field =
          Access.getDescriptor().findFieldByName(role.name().toLowerCase(Locale.ROOT));
      if (field != null && role != Role.SERVICE) {
        Descriptors.EnumValueDescriptor scope =
            (Descriptors.EnumValueDescriptor) access.getField(field);
        scopes.put(role, Scope.forNumber(scope.getNumber()));
      }
    }
    scopes.values().removeIf(scope -> scope == Scope.NONE);
  }

  /**
   * The rule of a method.
   *
   * @throws IllegalStateException when the contract says nothing about it
   */
  public static AccessRule of(MethodDescriptor<?, ?> method) {
    AccessRule known = RULES.get(method.getFullMethodName());
    return known != null
        ? known
        : RULES.computeIfAbsent(method.getFullMethodName(), name -> read(method));
  }

  private static AccessRule read(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
        ? of(schema.getMethodDescriptor())
        : missing(method.getFullMethodName());
  }

  /** The rule of a method, by its schema. */
  public static AccessRule of(Descriptors.MethodDescriptor method) {
    String name = method.getService().getFullName() + "/" + method.getName();
    if (!name.startsWith(CONTRACT)) {
      return OF_FRAMEWORK;
    }
    return method.getOptions().hasExtension(AccessProto.access)
        ? new AccessRule(name, method.getOptions().getExtension(AccessProto.access))
        : missing(name);
  }

  private static AccessRule missing(String name) {
    throw new IllegalStateException(
        "method "
            + name
            + " has no access option: say in the .proto who may call it and how far they reach,"
            + " for example option (mall.common.v1.access) = {platform_admin: ALL brand_admin:"
            + " BRAND};");
  }

  /**
   * Lets the caller in, or not.
   *
   * @return the caller, reaching as far as the roles do that grant this method
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED for whoever may not
   */
  public Caller admit(Caller caller) {
    if (!allows(caller)) {
      throw refusal(caller);
    }
    return caller.reaching(reach(caller));
  }

  /** Whether the caller may call it. */
  public boolean allows(Caller caller) {
    return access.getAnybody()
        || switch (caller.kind()) {
          case ANONYMOUS -> false;
          case MEMBER -> access.getMember();
          case STAFF -> caller.roles().stream().anyMatch(scopes::containsKey);
          case SERVICE -> serves(caller.subject());
        };
  }

  /** How far the caller reaches in it. */
  public Reach reach(Caller caller) {
    return switch (caller.kind()) {
      case ANONYMOUS -> Reach.NOTHING;
      case MEMBER -> access.getMember() ? Reach.OWN : Reach.NOTHING;
      case SERVICE -> serves(caller.subject()) ? Reach.ALL : Reach.NOTHING;
      case STAFF -> {
        Set<Scope> granted =
            caller.roles().stream()
                .filter(scopes::containsKey)
                .map(scopes::get)
                .collect(Collectors.toSet());
        yield new Reach(
            granted.contains(Scope.ALL),
            granted.contains(Scope.BRAND) ? caller.brandCodes() : Set.of(),
            granted.contains(Scope.OWN));
      }
    };
  }

  private boolean serves(String client) {
    List<String> services = access.getServiceList();
    return services.contains(client) || services.contains(ANY_SERVICE);
  }

  private DomainException refusal(Caller caller) {
    if (caller.isAnonymous()) {
      return new DomainException(
          Kind.UNAUTHENTICATED, Caller.SIGN_IN_REQUIRED, method + " is not for everybody");
    }
    if (!scopes.isEmpty()) {
      return caller.isStaff()
          ? denied(Caller.ROLE_REQUIRED, "one of the roles " + scopes.keySet())
          : denied(Caller.STAFF_REQUIRED, "staff");
    }
    return access.getMember()
        ? denied(Caller.MEMBER_REQUIRED, "members")
        : denied(Caller.SERVICE_REQUIRED, "the services " + access.getServiceList());
  }

  private DomainException denied(String reason, String whom) {
    return new DomainException(Kind.PERMISSION_DENIED, reason, method + " is for " + whom);
  }
}
