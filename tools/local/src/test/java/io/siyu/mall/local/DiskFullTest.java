package io.siyu.mall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siyu.mall.local.FakeCheckout.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real small disk, where this user may mount one. */
class DiskFullTest {

  @TempDir Path directory;
  private Path disk;
  private FakeCheckout checkout;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString()),
        "this user may not mount a disk");
    checkout = new FakeCheckout(directory.resolve("checkout"));
  }

  @AfterEach
  void unmount() throws Exception {
    if (checkout != null) {
      checkout.close();
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void tooLittleRoomIsSaidBeforeAnythingIsStarted() throws Exception {
    Path state = disk.resolve("state");

    Ended up = checkout.run("up", "catalog", "--state", state.toString());

    assertThat(up.exit()).isNotZero();
    assertThat(up.output().trim())
        .matches("mall: The disk that holds .* has only \\d+ MiB free; \\d+ MiB are needed\\.");
    assertThat(state.resolve("mariadb")).doesNotExist();
    assertThat(checkout.processes().all()).isEmpty();
  }

  @Test
  void aDiskThatIsFullIsCalledFull() throws Exception {
    Files.write(disk.resolve("ballast"), new byte[39 * 1024 * 1024]);
    Path state = disk.resolve("state");
    fill(disk.resolve("rest"));

    Ended reset = checkout.run("up", "catalog", "--state", state.toString());

    assertThat(reset.exit()).isNotZero();
    assertThat(reset.output().trim())
        .isEqualTo("mall: The disk is full; make room and run the command again.");
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
