package io.siyu.mall.local.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.siyu.mall.local.Progress;
import io.siyu.mall.local.build.Maven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over a checkout whose Maven writes the reports that it is told to. */
class TestRunTest {

  @TempDir Path root;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void layOut() throws IOException {
    write("pom.xml", "<project><modules><module>order</module></modules></project>");
    write("order/pom.xml", "<project><artifactId>mall-order</artifactId></project>");
  }

  @Test
  void countsWhatTheReportsSay() throws IOException {
    maven(
        0,
        "<testsuite><testcase classname='OrderTest' name='pays'/>"
            + "<testcase classname='OrderTest' name='ships'><skipped/></testcase></testsuite>");

    TestRun.Result result = run();

    assertThat(result.ok()).isTrue();
    assertThat(result.reports().closingLine()).isEqualTo("1 passed, 0 failed, 1 skipped");
    assertThat(told).containsExactly("order: 2 tests");
  }

  @Test
  void namesTheFailures() throws IOException {
    maven(
        1,
        "<testsuite><testcase classname='OrderTest' name='pays'>"
            + "<failure message='expected 5 but was 4'/></testcase>"
            + "<testcase classname='OrderTest' name='ships'><error message='boom'/></testcase>"
            + "<testcase classname='OrderTest' name='closes'/></testsuite>");

    TestRun.Result result = run();

    assertThat(result.ok()).isFalse();
    assertThat(result.reports().closingLine()).isEqualTo("1 passed, 2 failed");
    assertThat(result.reports().failures())
        .containsExactly("OrderTest.pays: expected 5 but was 4", "OrderTest.ships: boom");
  }

  @Test
  void doesNotCountReportsOfAnEarlierRun() throws IOException {
    write(
        "order/target/surefire-reports/TEST-Old.xml",
        "<testsuite><testcase classname='OldTest' name='passes'/></testsuite>");
    Files.setLastModifiedTime(
        root.resolve("order/target/surefire-reports/TEST-Old.xml"),
        FileTime.fromMillis(1_700_000_000_000L));
    write("mvnw", "#!/bin/sh\nexit 0\n");
    root.resolve("mvnw").toFile().setExecutable(true);

    TestRun.Result result = run();

    assertThat(result.reports().closingLine()).isEqualTo("0 passed, 0 failed");
    assertThat(result.ok()).as("a run without a test is no success").isFalse();
  }

  @Test
  void aReportCutShortIsAFailure() throws IOException {
    maven(0, "<testsuite><testcase classname='OrderTest' name='pays'/><testca");

    assertThat(run().ok()).isFalse();
  }

  @Test
  void aBrokenBuildIsAFailureEvenIfAllTestsPassed() throws IOException {
    maven(1, "<testsuite><testcase classname='OrderTest' name='pays'/></testsuite>");

    TestRun.Result result = run();

    assertThat(result.ok()).isFalse();
    assertThat(result.errors()).containsExactly("[ERROR] what went wrong");
  }

  private TestRun.Result run() {
    Progress progress =
        new Progress() {
          @Override
          public void doing(String what) {}

          @Override
          public void done(String what, String result, Duration took) {
            told.add(what + ": " + result);
          }
        };
    Maven maven = new Maven(root, Map.of());
    return new TestRun(root, maven, root.resolve("test.log"), progress).run();
  }

  private void maven(int exit, String report) throws IOException {
    write("report.xml", report);
    write(
        "mvnw",
        """
        #!/bin/sh
        echo '[INFO] Building Siyu Mall :: order 1.0.0-SNAPSHOT                [1/1]'
        mkdir -p order/target/surefire-reports
        cp report.xml order/target/surefire-reports/TEST-OrderTest.xml
        echo '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0 -- in OrderTest'
        [ %d = 0 ] || echo '[ERROR] what went wrong'
        exit %d
        """
            .formatted(exit, exit));
    root.resolve("mvnw").toFile().setExecutable(true);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
