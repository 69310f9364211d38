package io.siyu.mall.platform.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every house rule catches what was planted for it, and the platform itself keeps the rules. */
class HouseRulesPlantedTest {

  private static final Map<String, String> PLANTED =
      Map.ofEntries(
          Map.entry("domain is pure", "ImpureThing"),
          Map.entry("ports are plain", "left.Things"),
          Map.entry("commands know no technology", "ThingCommands"),
          Map.entry("queries bypass aggregates", "ThingQueries"),
          Map.entry("hibernate stays in its adapters", "ThingCommands"),
          Map.entry("endpoints call commands and queries only", "ThingGrpc"),
          Map.entry("capabilities form no cycle", "Slice left"),
          Map.entry("no service imports another one", "ElsewhereThing"),
          Map.entry("no names that say nothing", "ThingServiceImpl"),
          Map.entry("no floating point", "ThingServiceImpl.price"),
          Map.entry("now comes from a clock", "Instant.now"),
          Map.entry("state is assigned by moveTo only", "ImpureThing.finish"),
          Map.entry("no remote call inside a transaction", "OtherClient.ask"),
          Map.entry("scheduled work is bounded", "ThingJobs.withoutABound"),
          Map.entry("reach is asked for, not roles", "ThingGrpc.mayDoAll"),
          Map.entry("nothing is printed", "System.out"),
          Map.entry("nothing sleeps", "Thread.sleep"),
          Map.entry("every class has a package of its capability", "Leftovers"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("io.siyu.mall.planted");

  private final HouseRules planted = HouseRules.of("io.siyu.mall.planted", CLASSES);

  @Test
  void everyRuleHasSomethingPlanted() {
    assertEquals(new HashSet<>(PLANTED.keySet()), planted.rules().keySet());
  }

  @TestFactory
  Stream<DynamicTest> whatIsPlantedIsCaught() {
    return planted.rules().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      EvaluationResult result = entry.getValue().evaluate(CLASSES);
                      List<String> details = result.getFailureReport().getDetails();
                      String expected = PLANTED.get(entry.getKey());
                      assertTrue(
                          details.stream().anyMatch(line -> line.contains(expected)),
                          () -> expected + " was not caught: " + details);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> thePlatformKeepsTheRules() {
    return HouseRules.of("io.siyu.mall.platform")
        .without(
            "domain is pure",
            "hibernate stays in its adapters",
            "endpoints call commands and queries only")
        .tests();
  }
}
