package io.siyu.mall.platform.test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;

/** The words that {@link HouseRules} are written in. */
final class HouseWords {

  private static final String ROLES =
      ".*(Grpc|Proto|Commands|Queries|Client|Config|Events|Jobs|Handler|Resource)";
  private static final Set<String> FLOATING =
      Set.of("float", "double", "java.lang.Float", "java.lang.Double");
  private static final Set<String> CLOCK_FREE_NOW =
      Set.of(
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.ZonedDateTime",
          "java.time.OffsetDateTime",
          "java.time.YearMonth",
          "java.time.Year");

  private HouseWords() {}

  /** Entities, records, enums and sealed events, top level or inside of such. */
  static DescribedPredicate<JavaClass> domain() {
    return predicate(
        "domain classes",
        c -> {
          JavaClass top = c;
          while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
          }
          return !top.getSimpleName().matches(ROLES)
              && (top.isAnnotatedWith(Entity.class)
                  || top.isAnnotatedWith(Embeddable.class)
                  || top.isAnnotatedWith(MappedSuperclass.class)
                  || top.isRecord()
                  || top.isEnum()
                  || isSealed(top));
        });
  }

  /** Interfaces that store aggregates: those that a Hibernate… adapter implements. */
  static DescribedPredicate<JavaClass> port() {
    return predicate(
        "ports",
        c ->
            c.isInterface()
                && c.getPackageName().startsWith("io.siyu.mall.")
                && c.getSubclasses().stream()
                    .anyMatch(sub -> sub.getSimpleName().startsWith("Hibernate")));
  }

  /** Hibernate and Panache, but for the transaction's annotations. */
  static DescribedPredicate<JavaClass> hibernate() {
    return predicate(
        "Hibernate",
        c ->
            c.getPackageName().startsWith("org.hibernate")
                || c.getPackageName().startsWith("io.quarkus.hibernate")
                    && !c.getSimpleName().equals("WithTransaction"));
  }

  static DescribedPredicate<JavaClass> nameEndsWith(String suffix) {
    return predicate("…" + suffix, c -> top(c).getSimpleName().endsWith(suffix));
  }

  static DescribedPredicate<JavaClass> nameStartsWith(String prefix) {
    return predicate(prefix + "…", c -> top(c).getSimpleName().startsWith(prefix));
  }

  static DescribedPredicate<JavaClass> annotatedWith(Class<? extends Annotation> annotation) {
    return predicate("@" + annotation.getSimpleName(), c -> c.isAnnotatedWith(annotation));
  }

  /** Classes of the mall that are neither ours nor the platform's nor the contract's. */
  static DescribedPredicate<JavaClass> otherService(String base) {
    return predicate(
        "another service's classes",
        c ->
            c.getPackageName().startsWith("io.siyu.mall.")
                && Stream.of(
                        base, "io.siyu.mall.platform", "io.siyu.mall.proto", "io.siyu.mall.text")
                    .noneMatch(own -> (c.getPackageName() + ".").startsWith(own + ".")));
  }

  /** Where floating point is the library's choice: metrics. */
  static DescribedPredicate<JavaClass> floating() {
    return predicate(
        "metrics", c -> top(c).getSimpleName().matches(".*(Metrics|Gauges|Statistics)"));
  }

  static ArchCondition<JavaClass> mentionFloatingPoint() {
    return new ArchCondition<>("mention float or double") {
      @Override
      public void check(JavaClass c, ConditionEvents events) {
        for (JavaField field : c.getFields()) {
          report(field.getRawType(), field.getDescription(), c, events);
        }
        for (JavaCodeUnit unit : c.getCodeUnits()) {
          report(unit.getRawReturnType(), unit.getDescription(), c, events);
          unit.getRawParameterTypes()
              .forEach(type -> report(type, unit.getDescription(), c, events));
        }
      }

      private void report(JavaClass type, String where, JavaClass c, ConditionEvents events) {
        if (FLOATING.contains(type.getName())) {
          events.add(SimpleConditionEvent.satisfied(c, where + " mentions " + type.getName()));
        }
      }
    };
  }

  static DescribedPredicate<JavaMethodCall> machineTime() {
    return DescribedPredicate.describe("asks the machine for the time", HouseWords::isMachineTime);
  }

  private static boolean isMachineTime(JavaMethodCall call) {
    AccessTarget.MethodCallTarget target = call.getTarget();
    String owner = target.getOwner().getName();
    if (CLOCK_FREE_NOW.contains(owner) && target.getName().equals("now")) {
      return target.getRawParameterTypes().stream().noneMatch(p -> p.isEquivalentTo(Clock.class));
    }
    return owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis")
        || owner.equals("java.time.Clock") && target.getName().startsWith("system")
        || owner.equals("java.time.Clock") && target.getName().startsWith("tick");
  }

  static DescribedPredicate<JavaField> stateField() {
    return DescribedPredicate.describe(
        "the state of an aggregate",
        field ->
            field.getOwner().isAnnotatedWith(Entity.class)
                && field.getRawType().isEnum()
                && field.getRawType().getSimpleName().endsWith("State"));
  }

  static ArchCondition<JavaField> onlyMovedByMoveTo() {
    return new ArchCondition<>("be assigned in constructors and moveTo only") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        for (JavaFieldAccess access : field.getAccessesToSelf()) {
          JavaCodeUnit origin = access.getOrigin();
          boolean allowed = origin.isConstructor() || origin.getName().equals("moveTo");
          if (access.getAccessType() == AccessType.SET && !allowed) {
            events.add(SimpleConditionEvent.violated(field, access.getDescription()));
          }
        }
      }
    };
  }

  static DescribedPredicate<JavaMethod> annotatedWithTransaction() {
    return DescribedPredicate.describe(
        "transactional",
        method ->
            method.getAnnotations().stream()
                .anyMatch(a -> a.getRawType().getSimpleName().equals("WithTransaction")));
  }

  /** Methods that the scheduler waits for; one that returns nothing has ended when it returns. */
  static DescribedPredicate<JavaMethod> scheduled() {
    return DescribedPredicate.describe(
        "scheduled and waited for",
        method ->
            method.isAnnotatedWith(Scheduled.class)
                && method.getRawReturnType().isEquivalentTo(Uni.class));
  }

  static ArchCondition<JavaMethod> runInABoundedJob() {
    return new ArchCondition<>("call Jobs.run with a name") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean bounded =
            method.getMethodCallsFromSelf().stream()
                .anyMatch(
                    call ->
                        call.getTargetOwner().isEquivalentTo(Jobs.class)
                            && call.getTarget().getRawParameterTypes().size() > 1);
        events.add(
            new SimpleConditionEvent(method, bounded, method.getFullName() + " has no bound"));
      }
    };
  }

  static ArchCondition<JavaMethod> callsClients() {
    return new ArchCondition<>("call another service") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        for (JavaAccess<?> access : method.getAccessesFromSelf()) {
          if (access instanceof JavaCall<?>
              && access.getTargetOwner().getSimpleName().endsWith("Client")
              && !access.getTargetOwner().getModifiers().contains(JavaModifier.FINAL)) {
            events.add(SimpleConditionEvent.satisfied(method, access.getDescription()));
          }
        }
      }
    };
  }

  private static JavaClass top(JavaClass c) {
    JavaClass top = c;
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top;
  }

  private static boolean isSealed(JavaClass c) {
    return c.isInterface() && c.reflect().isSealed();
  }

  private static DescribedPredicate<JavaClass> predicate(
      String description, java.util.function.Predicate<JavaClass> test) {
    return DescribedPredicate.describe(description, test);
  }
}
