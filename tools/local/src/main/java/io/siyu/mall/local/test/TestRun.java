package io.siyu.mall.local.test;

import io.siyu.mall.local.Progress;
import io.siyu.mall.local.build.Maven;
import io.siyu.mall.local.build.Reactor;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs every test of the checkout and tells the progress module by module. */
public final class TestRun {

  private static final Pattern MODULE =
      Pattern.compile("\\[INFO] Building (.+?) \\S+ +\\[\\d+/\\d+]");
  private static final Pattern TEST_CLASS = Pattern.compile("Tests run: (\\d+),.* -- in .*");
  private static final Pattern END = Pattern.compile("\\[INFO] (Reactor Summary|BUILD ).*");

  private final Path root;
  private final Maven maven;
  private final Path log;
  private final Progress progress;
  private final List<String> errors = new ArrayList<>();
  private String module = "";
  private int tests;
  private long begin;

  /**
   * @param log takes Maven's output
   */
  public TestRun(Path root, Maven maven, Path log, Progress progress) {
    this.root = root;
    this.maven = maven;
    this.log = log;
    this.progress = progress;
  }

  /**
   * The end of a run.
   *
   * @param built true if Maven itself was content
   * @param errors what Maven complained about
   */
  public record Result(boolean built, TestReports reports, List<String> errors) {

    /** True if everything passed, and there was something to pass. */
    public boolean ok() {
      return built && reports.failed() == 0 && reports.passed() > 0;
    }
  }

  /** Runs {@code verify} on all modules; goes on after a failing one where that makes sense. */
  public Result run() {
    FileTime since = FileTime.from(Instant.now());
    List<String> arguments = List.of("--fail-at-end", "verify");
    int exit = maven.run(arguments, log, this::line);
    endModule();
    TestReports reports = TestReports.read(root, new Reactor(root).modules(), since);
    return new Result(exit == 0, reports, List.copyOf(errors));
  }

  private void line(String line) {
    Matcher building = MODULE.matcher(line);
    if (building.find()) {
      endModule();
      module = building.group(1).replaceFirst("^Siyu Mall ?:+ ", "").replace(" :: ", "/");
      tests = 0;
      begin = System.nanoTime();
      return;
    }
    Matcher testClass = TEST_CLASS.matcher(line);
    if (testClass.find()) {
      tests += Integer.parseInt(testClass.group(1));
    } else if (END.matcher(line).matches()) {
      endModule();
    } else if (line.startsWith("[ERROR]") && errors.size() < 40) {
      errors.add(line);
    }
  }

  private void endModule() {
    if (!module.isEmpty()) {
      String result = tests == 0 ? "built" : tests + " tests";
      progress.done(module, result, Duration.ofNanos(System.nanoTime() - begin));
      module = "";
    }
  }
}
