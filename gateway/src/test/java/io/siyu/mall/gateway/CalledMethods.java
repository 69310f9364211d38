package io.siyu.mall.gateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.siyu.mall.gateway.testing.FakeServices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which methods of the contract each endpoint calls, read from the byte code. */
final class CalledMethods {

  private static final String GATEWAY = "io.siyu.mall.gateway";

  /**
   * By Java package, service and Java name: {@code io.siyu.mall.proto.order.v1.Orders.getOrder}.
   */
  private final Map<String, MethodDescriptor> contract = new HashMap<>();

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(GATEWAY);

  CalledMethods() {
    FakeServices.contract().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(m -> ((ProtoMethodDescriptorSupplier) m.getSchemaDescriptor()).getMethodDescriptor())
        .forEach(method -> contract.put(javaName(method), method));
  }

  /** Every method of the contract. */
  Set<MethodDescriptor> all() {
    return Set.copyOf(contract.values());
  }

  /** By endpoint, as in the role matrix. */
  Map<String, Set<MethodDescriptor>> byEndpoint() {
    Map<String, Set<MethodDescriptor>> called = new TreeMap<>();
    RoleMatrix.methods(classes)
        .forEach((endpoint, method) -> called.put(endpoint, reachableFrom(method)));
    return called;
  }

  private Set<MethodDescriptor> reachableFrom(JavaCodeUnit endpoint) {
    Set<MethodDescriptor> called = new HashSet<>();
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> ahead = new ArrayDeque<>(Set.of(endpoint));
    while (!ahead.isEmpty()) {
      JavaCodeUnit unit = ahead.pop();
      if (seen.add(unit)) {
        targets(unit)
            .forEach(
                target -> {
                  MethodDescriptor method = contract.get(contractName(target));
                  if (method != null) {
                    called.add(method);
                  } else if (target.getOwner().getPackageName().startsWith(GATEWAY)) {
                    target.resolveMember().ifPresent(ahead::add);
                  }
                });
      }
    }
    return called;
  }

  private static Stream<AccessTarget.CodeUnitAccessTarget> targets(JavaCodeUnit unit) {
    return Stream.of(
            unit.getMethodCallsFromSelf(),
            unit.getConstructorCallsFromSelf(),
            unit.getMethodReferencesFromSelf(),
            unit.getConstructorReferencesFromSelf())
        .flatMap(Set::stream)
        .map(access -> (AccessTarget.CodeUnitAccessTarget) access.getTarget());
  }

  /** The service's interface, or the stub of it. */
  private static String contractName(AccessTarget.CodeUnitAccessTarget target) {
    JavaClass owner = target.getOwner();
    String service = owner.getSimpleName().replaceAll("^(?:Mutiny)?(.*)Stub$", "$1");
    return owner.getPackageName() + "." + service + "." + target.getName();
  }

  private static String javaName(MethodDescriptor method) {
    String name = method.getName();
    return "io.siyu.mall.proto"
        + method.getService().getFullName().substring("mall".length())
        + "."
        + name.substring(0, 1).toLowerCase(Locale.ROOT)
        + name.substring(1);
  }
}
