package io.siyu.mall.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.siyu.mall.local.FakeCheckout.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code ./mall}, run by the real shell among JDKs made of paper. */
class LauncherTest {

  private static final List<String> PROGRAMS =
      List.of(
          "bash",
          "sh",
          "readlink",
          "dirname",
          "sed",
          "find",
          "mkdir",
          "cat",
          "cp",
          "mv",
          "touch",
          "flock",
          "tail",
          "printf");

  @TempDir Path directory;
  private Path root;
  private Path jdks;
  private Path path;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectory(directory.resolve("checkout"));
    jdks = Files.createDirectory(directory.resolve("jdks"));
    path = Files.createDirectory(directory.resolve("bin"));
    for (String program : PROGRAMS) {
      script(path.resolve(program), "exec /usr/bin/" + program + " \"$@\"");
    }
    Files.copy(Fixtures.root().resolve("mall"), root.resolve("mall"));
    write(root.resolve("pom.xml"), "");
    write(root.resolve("tools/local/pom.xml"), "");
    write(root.resolve("tools/local/src/main/java/Main.java"), "");
    script(
        root.resolve("mvnw"),
        "echo call >> builds; mkdir -p tools/local/target; cd tools/local/target;"
            + " printf '' > mall-local.classpath; echo jar > mall-local.jar");
  }

  @Test
  void saysWhatIsMissingWhereThereIsNoJdk() throws Exception {
    jdk("java-11", "11.0.24");

    Ended run = mall("status");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output().lines()).hasSize(1);
    assertThat(run.output()).startsWith("mall: a JDK of version 17 or newer is needed");
  }

  @Test
  void takesTheNewestJdkButPrefers25() throws Exception {
    jdk("java-17", "17.0.15");
    jdk("java-21", "21.0.4");
    assertThat(mall("status").output()).contains("java-21 runs");

    jdk("java-25", "25.0.1");
    jdk("java-26", "26-ea");
    assertThat(mall("status").output()).contains("java-25 runs");
  }

  @Test
  void handsTheArgumentsOver() throws Exception {
    jdk("java-25", "25.0.1");

    assertThat(mall("logs", "order service").output())
        .contains("io.siyu.mall.local.cli.Main logs order service");
  }

  @Test
  void buildsTheRunnerOnlyWhenItsSourcesAreNewer() throws Exception {
    jdk("java-25", "25.0.1");
    mall("status");
    mall("status");
    assertThat(Files.readAllLines(root.resolve("builds"))).hasSize(1);

    Files.setLastModifiedTime(
        root.resolve("tools/local/src/main/java/Main.java"),
        FileTime.from(Instant.now().plusSeconds(2)));
    mall("status");

    assertThat(Files.readAllLines(root.resolve("builds"))).hasSize(2);
  }

  @Test
  void quotesMavenWhenTheRunnerCannotBeBuilt() throws Exception {
    jdk("java-25", "25.0.1");
    script(root.resolve("mvnw"), "echo '[ERROR] Main.java:[3,1] class expected'; exit 1");

    Ended run = mall("status");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("class expected", "mall: the runner cannot be built");
  }

  private Ended mall(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("/bin/bash");
    command.add(root.resolve("mall").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", path.toString());
    builder.environment().put("MALL_JDKS", jdks.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private void jdk(String name, String version) throws IOException {
    script(jdks.resolve(name).resolve("bin/javac"), "echo javac " + version);
    script(jdks.resolve(name).resolve("bin/java"), "echo " + name + " runs \"$@\"");
  }

  private static void script(Path file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
