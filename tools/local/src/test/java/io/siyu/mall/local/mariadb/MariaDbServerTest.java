package io.siyu.mall.local.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siyu.mall.local.Fixtures;
import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.process.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real server. */
class MariaDbServerTest {

  @TempDir Path directory;
  private MariaDbServer server;

  @BeforeEach
  void start() {
    server = new MariaDbServer(Fixtures.cache(), directory.resolve("data"), Ports.free());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void keepsItsDataOverARestart() {
    server.sql("CREATE DATABASE shop; CREATE TABLE shop.goods (name VARCHAR(20));");
    server.sql("INSERT INTO shop.goods VALUES ('奶瓶')");
    server.stop();
    assertThat(server.pid()).isEmpty();

    server.start();

    assertThat(server.sql("SELECT name FROM shop.goods")).containsExactly("奶瓶");
  }

  @Test
  void keepsCommittedRowsWhenItIsKilled() {
    server.sql("CREATE DATABASE shop; CREATE TABLE shop.goods (name VARCHAR(20));");
    server.sql("INSERT INTO shop.goods VALUES ('奶瓶')");
    ProcessHandle process = ProcessHandle.of(server.pid().orElseThrow()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();

    server.start();

    assertThat(server.sql("SELECT name FROM shop.goods")).containsExactly("奶瓶");
  }

  @Test
  void attachesToTheServerThatRunsOnTheSameData() {
    long pid = server.pid().orElseThrow();
    MariaDbServer other =
        new MariaDbServer(Fixtures.cache(), directory.resolve("data"), server.port());

    other.start();

    assertThat(other.pid()).hasValue(pid);
  }

  @Test
  void saysWhatTheServerSaysAboutAWrongStatement() {
    assertThatThrownBy(() -> server.sql("SELEC 1"))
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("error in your SQL syntax");
  }

  @Test
  void saysWhyItDoesNotStartAndLeavesNothingRunning() {
    Path elsewhere = directory.resolve("second");
    MariaDbServer second = new MariaDbServer(Fixtures.cache(), elsewhere, server.port());

    // The first server answers on this port, so only the end of the process can tell.
    assertThatThrownBy(second::start)
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("did not start");
    assertThat(second.pid()).isEmpty();
    assertThat(Files.exists(directory.resolve("second.part"))).isFalse();
  }
}
