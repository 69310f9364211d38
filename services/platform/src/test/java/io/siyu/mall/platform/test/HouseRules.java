package io.siyu.mall.platform.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.siyu.mall.platform.test.HouseWords.annotatedWithTransaction;
import static io.siyu.mall.platform.test.HouseWords.callsClients;
import static io.siyu.mall.platform.test.HouseWords.domain;
import static io.siyu.mall.platform.test.HouseWords.floating;
import static io.siyu.mall.platform.test.HouseWords.hibernate;
import static io.siyu.mall.platform.test.HouseWords.machineTime;
import static io.siyu.mall.platform.test.HouseWords.mentionFloatingPoint;
import static io.siyu.mall.platform.test.HouseWords.nameEndsWith;
import static io.siyu.mall.platform.test.HouseWords.nameStartsWith;
import static io.siyu.mall.platform.test.HouseWords.onlyMovedByMoveTo;
import static io.siyu.mall.platform.test.HouseWords.otherService;
import static io.siyu.mall.platform.test.HouseWords.port;
import static io.siyu.mall.platform.test.HouseWords.runInABoundedJob;
import static io.siyu.mall.platform.test.HouseWords.scheduled;
import static io.siyu.mall.platform.test.HouseWords.stateField;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.siyu.mall.platform.identity.Caller;
import jakarta.persistence.Entity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules of the house (see the architecture page in docs), checked on the byte code of a
 * service:
 *
 * <pre>{@code
 * class HouseRulesTest {
 *   @TestFactory
 *   Stream<DynamicTest> house() {
 *     return HouseRules.of("io.siyu.mall.order").tests();
 *   }
 * }
 * }</pre>
 *
 * <p>The platform's own tests run each rule against a planted violation that it must catch.
 */
public final class HouseRules {

  private static final String[] WIRE = {"io.grpc..", "io.siyu.mall.proto.."};
  private static final String[] FRAMEWORKS = {
    "io.smallrye.mutiny..",
    "org.hibernate..",
    "jakarta.enterprise..",
    "jakarta.inject..",
    "io.quarkus..",
    "io.vertx.."
  };

  private final Map<String, ArchRule> rules = new LinkedHashMap<>();
  private final JavaClasses classes;

  private HouseRules(String base, JavaClasses classes) {
    this.classes = classes;
    addLayers();
    addNeighbours(base);
    addHabits();
  }

  /** The rules for the production classes of a service. */
  public static HouseRules of(String basePackage) {
    return of(
        basePackage,
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(basePackage));
  }

  static HouseRules of(String basePackage, JavaClasses classes) {
    return new HouseRules(basePackage, classes);
  }

  /** One test per rule. */
  public Stream<DynamicTest> tests() {
    if (classes.isEmpty()) {
      throw new IllegalStateException("no classes to check");
    }
    return rules.keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> rules.get(name).check(classes)));
  }

  /** The same without some rules, each named exactly. */
  public HouseRules without(String... names) {
    if (!rules.keySet().containsAll(Set.of(names))) {
      throw new IllegalArgumentException("no such rule among " + Arrays.toString(names));
    }
    Arrays.asList(names).forEach(rules::remove);
    return this;
  }

  /** The rules by name. */
  Map<String, ArchRule> rules() {
    return rules;
  }

  private void addLayers() {
    rule(
        "domain is pure",
        noClasses()
            .that(domain())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(FRAMEWORKS, WIRE))
            .because("aggregates, values and events know nothing of how they are stored or sent"));
    rule(
        "ports are plain",
        noClasses()
            .that(port())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.hibernate..",
                "io.vertx..",
                "io.quarkus..",
                "io.grpc..",
                "io.siyu.mall.proto..")
            .because("a port has an in-memory fake"));
    rule(
        "commands know no technology",
        noClasses()
            .that(nameEndsWith("Commands"))
            .should()
            .dependOnClassesThat(
                hibernate().or(JavaClass.Predicates.resideInAnyPackage(concat(WIRE, "io.vertx.."))))
            .because("use cases load, call the aggregate and save, through ports"));
    rule(
        "queries bypass aggregates",
        noClasses()
            .that(nameEndsWith("Queries"))
            .should()
            .dependOnClassesThat(hibernate().or(HouseWords.annotatedWith(Entity.class)))
            .because("reads go by SQL straight to view records"));
    rule(
        "hibernate stays in its adapters",
        noClasses()
            .that(nameStartsWith("Hibernate").negate())
            .should()
            .dependOnClassesThat(hibernate())
            .because("only Hibernate… adapters know Hibernate"));
    rule(
        "endpoints call commands and queries only",
        noClasses()
            .that(nameEndsWith("Grpc"))
            .should()
            .dependOnClassesThat(
                hibernate()
                    .or(nameStartsWith("Hibernate"))
                    .or(nameEndsWith("Client"))
                    .or(port())
                    .or(JavaClass.Predicates.simpleName("Pool")))
            .because("there are two paths: Grpc → Commands → domain, Grpc → Queries"));
  }

  private void addNeighbours(String base) {
    rule(
        "capabilities form no cycle",
        SlicesRuleDefinition.slices().matching(base + ".(*)..").should().beFreeOfCycles());
    rule(
        "no service imports another one",
        noClasses()
            .should()
            .dependOnClassesThat(otherService(base))
            .because("services speak by their contract"));
    rule(
        "no names that say nothing",
        noClasses()
            .should()
            .haveNameMatching(".*(ServiceImpl|Utils?|Manager|Helper)")
            .because("a name says the role or the thing"));
  }

  private void addHabits() {
    rule(
        "no floating point",
        noClasses()
            .that(floating().negate())
            .should(mentionFloatingPoint())
            .because("money, stock and rates are integers"));
    rule(
        "now comes from a clock",
        noClasses()
            .that()
            .resideOutsideOfPackage("io.siyu.mall.platform.time..")
            .should()
            .callMethodWhere(machineTime())
            .because("business time can be moved; SecurityTime is for tokens and signatures"));
    rule(
        "state is assigned by moveTo only",
        ArchRuleDefinition.fields()
            .that(stateField())
            .should(onlyMovedByMoveTo())
            .because("moveTo asks the transition table"));
    rule(
        "no remote call inside a transaction",
        ArchRuleDefinition.noMethods()
            .that(annotatedWithTransaction())
            .should(callsClients())
            .because("a slow neighbour must not hold our locks"));
    rule(
        "scheduled work is bounded",
        ArchRuleDefinition.methods()
            .that(scheduled())
            .should(runInABoundedJob())
            .because("a job that never ends is never started again"));
    rule(
        "reach is asked for, not roles",
        noClasses()
            .that()
            .resideOutsideOfPackage("io.siyu.mall.platform.identity..")
            .should()
            .callMethod(Caller.class, "roles")
            .orShould()
            .callMethod(Caller.class, "brandCodes")
            .because("a role that reads everything must not widen what another one may change"));
    rule("nothing is printed", GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    rule("nothing sleeps", noClasses().should().callMethod(Thread.class, "sleep", long.class));
    rule(
        "every class has a package of its capability",
        classes().should().resideOutsideOfPackages("..util..", "..utils..", "..impl..", "..dto.."));
  }

  private void rule(String name, ArchRule rule) {
    rules.put(name, rule.allowEmptyShould(true));
  }

  private static String[] concat(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }
}
