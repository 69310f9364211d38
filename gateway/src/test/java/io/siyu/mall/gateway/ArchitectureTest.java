package io.siyu.mall.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.siyu.mall.gateway.planted.shop.LeakingView;
import org.junit.jupiter.api.Test;

/** Each rule is also run against a violation planted for it. */
class ArchitectureTest {

  private static final String ROOT = "io.siyu.mall.gateway";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static final JavaClasses PLANTED =
      new ClassFileImporter()
          .importPackagesOf(LeakingView.class, io.siyu.mall.gateway.planted.admin.StaffView.class);

  private static ArchRule audiencesAreApart() {
    return SlicesRuleDefinition.slices()
        .matching("..gateway..(shop|partner|admin|callback)..")
        .should()
        .notDependOnEachOther();
  }

  private static ArchRule noDatabase() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.persistence..",
            "org.hibernate.reactive..",
            "io.vertx.mutiny.sqlclient..",
            "java.sql..");
  }

  private static ArchRule noServicesJava() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.siyu.mall..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.siyu.mall.gateway..",
                            "io.siyu.mall.proto..",
                            "io.siyu.mall.text.."))));
  }

  private static ArchRule answersNeverLeakTheWire() {
    return classes()
        .that()
        .areRecords()
        .and()
        .resideInAnyPackage("..gateway..shop..", "..gateway..partner..", "..gateway..admin..")
        .should(Records.HAVE_NO_COMPONENT_OF_THE_CONTRACT);
  }

  @Test
  void theAudiencesDoNotImportEachOther() {
    audiencesAreApart().check(MAIN);
    assertFalse(
        audiencesAreApart().evaluate(PLANTED).getFailureReport().isEmpty(), "the planted import");
  }

  @Test
  void theGatewayHasNoDatabaseAndNoServicesCode() {
    noDatabase().check(MAIN);
    noServicesJava().check(MAIN);
    assertFalse(noDatabase().evaluate(PLANTED).getFailureReport().isEmpty(), "the planted SQL");
  }

  @Test
  void dtosAreRecordsOfTheirOwn() {
    answersNeverLeakTheWire().check(MAIN);
    assertFalse(
        answersNeverLeakTheWire().evaluate(PLANTED).getFailureReport().isEmpty(),
        "the planted message in a record");
  }
}
