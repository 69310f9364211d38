package io.siyu.mall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule against every overlay. */
class OverlaysTest {

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.add(Typed.rule());
    rules.addAll(PodRules.all());
    rules.addAll(ServerRules.all());
    rules.addAll(NetworkRules.all());
    rules.addAll(ConfigurationRules.all());
    return rules;
  }

  @TestFactory
  Stream<DynamicTest> rulesHold() {
    return Kubectl.OVERLAYS.stream()
        .flatMap(
            overlay ->
                rules().stream()
                    .map(
                        rule ->
                            DynamicTest.dynamicTest(
                                overlay + ": " + rule.name(),
                                () ->
                                    assertThat(rule.check().apply(Kubectl.overlay(overlay)))
                                        .isEmpty())));
  }

  @Test
  void whatIsAppliedHoldsNoSecret() {
    for (String overlay : Kubectl.OVERLAYS) {
      assertThat(Kubectl.rendered(overlay)).doesNotContain("kind: Secret\n");
    }
  }
}
