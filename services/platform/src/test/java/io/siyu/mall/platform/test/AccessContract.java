package io.siyu.mall.platform.test;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.proto.common.v1.Access;
import io.siyu.mall.proto.common.v1.Access.Scope;
import io.siyu.mall.proto.common.v1.AccessProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tries every method of a service at its own gRPC port with every caller, and compares with the
 * contract's access options: nobody, a member, each service, each role of staff of one brand and of
 * another, and every pair of roles, which together reach as far as the better of the two alone.
 *
 * <p>A method that is open to a brand's staff needs a {@link #call}, about a thing of the own
 * brand: only then it is seen that another brand's staff get nothing of it.
 */
public final class AccessContract {

  private static final List<Role> STAFF =
      Stream.of(Role.values()).filter(role -> role != Role.SERVICE).toList();
  private static final List<String> SERVICES =
      List.of("catalog", "order", "distributor", "membership", "cps", "gateway", "another");
  private static final Set<String> AT_THE_DOOR =
      Set.of(
          Caller.SIGN_IN_REQUIRED,
          Caller.MEMBER_REQUIRED,
          Caller.STAFF_REQUIRED,
          Caller.ROLE_REQUIRED,
          Caller.SERVICE_REQUIRED);
  private static final Set<Status.Code> NOT_YOURS =
      Set.of(Status.Code.NOT_FOUND, Status.Code.PERMISSION_DENIED);

  /** Not let in at all; else the number of things that were reached. */
  private static final int REFUSED = -1;

  private final String own;
  private final String other;
  private final List<MethodDescriptor> methods = new ArrayList<>();
  private final Map<String, Function<String, Object>> calls = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();

  private AccessContract(String own, String other) {
    this.own = own;
    this.other = other;
  }

  /**
   * @param own the brand of the things that the calls are about
   * @param other another brand
   */
  public static AccessContract ofBrands(String own, String other) {
    return new AccessContract(own, other);
  }

  /** Adds the methods of services of the contract. */
  public AccessContract services(List<ServiceDescriptor> services) {
    services.forEach(service -> methods.addAll(service.getMethods()));
    return this;
  }

  /**
   * How a method is called, so that it depends on the caller alone what comes of it.
   *
   * @param name service and method, such as {@code Orders/ShipParcel}
   * @param call with a token (empty: without); answers how many things the caller got if it is a
   *     number
   */
  public AccessContract call(String name, Function<String, Object> call) {
    calls.put(name, call);
    return this;
  }

  /** What is not as the contract says; empty when all is well. */
  public List<String> wrong() {
    List<String> unknown = new ArrayList<>(calls.keySet());
    methods.forEach(method -> unknown.remove(name(method)));
    unknown.forEach(name -> wrong.add("the contract has no method " + name));
    methods.forEach(this::tryOut);
    return wrong;
  }

  private void tryOut(MethodDescriptor method) {
    if (!method.getOptions().hasExtension(AccessProto.access)) {
      wrong.add("method " + method.getFullName() + " has no access option");
      return;
    }
    Access access = method.getOptions().getExtension(AccessProto.access);
    boolean byBrand = STAFF.stream().anyMatch(role -> scope(access, role) == Scope.BRAND);
    if (byBrand && !calls.containsKey(name(method))) {
      wrong.add(name(method) + " is open to a brand's staff and needs a call here");
      return;
    }
    int anybody = reached(method, "");
    expect(method, "nobody", access.getAnybody(), anybody);
    expect(
        method,
        "a member",
        access.getAnybody() || access.getMember(),
        reached(method, TestTokens.member(UUID.randomUUID())));
    for (String service : SERVICES) {
      boolean serves =
          access.getServiceList().contains("*") || access.getServiceList().contains(service);
      expect(
          method,
          "service " + service,
          access.getAnybody() || serves,
          reached(method, TestTokens.service(service)));
    }
    for (String brand : List.of(own, other)) {
      staff(method, access, brand, anybody);
    }
  }

  private void staff(MethodDescriptor method, Access access, String brand, int anybody) {
    Map<Role, Integer> alone = new LinkedHashMap<>();
    for (Role role : STAFF) {
      int got = reached(method, TestTokens.staff(role, brand));
      alone.put(role, got);
      String who = role + " of " + brand;
      switch (scope(access, role)) {
        case ALL -> check(method, who, got > 0, got);
        case BRAND ->
            check(method, who, brand.equals(own) ? got > 0 : got == Math.max(0, anybody), got);
        case OWN -> check(method, who, got >= 0, got);
        default -> check(method, who, got == anybody, got);
      }
    }
    for (Role one : STAFF) {
      for (Role two : STAFF.subList(STAFF.indexOf(one) + 1, STAFF.size())) {
        int got = reached(method, TestTokens.staff(List.of(one, two), brand));
        int better = Math.max(alone.get(one), alone.get(two));
        check(method, one + " and " + two + " of " + brand, got == better, got);
      }
    }
  }

  private void expect(MethodDescriptor method, String who, boolean letIn, int got) {
    check(method, who, letIn == got > REFUSED, got);
  }

  private void check(MethodDescriptor method, String who, boolean holds, int got) {
    if (!holds) {
      wrong.add(
          name(method) + " by " + who + (got == REFUSED ? " was refused" : " reached " + got));
    }
  }

  private int reached(MethodDescriptor method, String token) {
    boolean exact = calls.containsKey(name(method));
    try {
      Object answer = exact ? calls.get(name(method)).apply(token) : AnyCall.of(method).with(token);
      return answer instanceof Number count ? count.intValue() : 1;
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      if (AT_THE_DOOR.contains(RemoteErrors.from(e).reason())) {
        return REFUSED;
      }
      return exact && NOT_YOURS.contains(code) ? 0 : 1;
    }
  }

  /** A token of somebody who may call the method; empty where anybody may. */
  public static String tokenFor(io.grpc.MethodDescriptor<?, ?> method) {
    Access access =
        ((ProtoMethodDescriptorSupplier) method.getSchemaDescriptor())
            .getMethodDescriptor()
            .getOptions()
            .getExtension(AccessProto.access);
    if (access.getAnybody()) {
      return "";
    }
    if (access.getMember()) {
      return TestTokens.member(UUID.randomUUID());
    }
    return STAFF.stream()
        .filter(role -> scope(access, role) != Scope.NONE)
        .findFirst()
        .map(role -> TestTokens.staff(role, "miaomiao"))
        .orElseGet(() -> TestTokens.service(access.getService(0)));
  }

  private static Scope scope(Access access, Role role) {
    var field =
        Access.getDescriptor().findFieldByName(role.name().toLowerCase(java.util.Locale.ROOT));
    return Scope.forNumber(
        ((com.google.protobuf.Descriptors.EnumValueDescriptor) access.getField(field)).getNumber());
  }

  private static String name(MethodDescriptor method) {
    return method.getService().getName() + "/" + method.getName();
  }
}
