package io.siyu.mall.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * Runs the sandbox until it is killed. Configuration, first found wins: system property,
 * environment ({@code MALL_SANDBOX_PORT}), the properties file given by {@code --config FILE}.
 */
public final class SandboxMain {
  private static final System.Logger LOG = System.getLogger(SandboxMain.class.getName());

  private SandboxMain() {}

  /** Exits with 2 and one sentence if the configuration is wrong or the port is taken. */
  public static void main(String[] arguments) throws InterruptedException {
    long began = System.nanoTime();
    Sandbox sandbox;
    try {
      sandbox = Sandbox.start(SandboxConfig.from(lookup(arguments)));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
      System.exit(2);
      return;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  sandbox.close();
                  ended.countDown();
                }));
    LOG.log(
        System.Logger.Level.INFO,
        "The sandbox answers at {0} after {1} ms",
        sandbox.url(),
        (System.nanoTime() - began) / 1_000_000);
    ended.await();
  }

  private static UnaryOperator<String> lookup(String[] arguments) {
    Properties file = new Properties();
    if (arguments.length == 2 && arguments[0].equals("--config")) {
      try (Reader in = Files.newBufferedReader(Path.of(arguments[1]))) {
        file.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + arguments[1], e);
      }
    } else if (arguments.length != 0) {
      throw new IllegalArgumentException("usage: java -jar mall-sandbox.jar [--config FILE]");
    }
    return name -> {
      String property = System.getProperty(name);
      if (property != null) {
        return property;
      }
      String variable = System.getenv(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
      return variable != null ? variable : file.getProperty(name);
    };
  }
}
