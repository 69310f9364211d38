package io.siyu.mall.e2e.chaos;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Kills one component after another at random moments, and has each started again. */
final class Killer implements Callable<Integer> {
  private static final List<String> VICTIMS =
      List.of("order", "catalog", "distributor", "membership", "cps", "gateway", "mariadb");
  private static final int LONGEST_PAUSE_MILLIS = 3_000;

  private final Runner runner;
  private final Random random;
  private final int kills;
  private final Consumer<String> narrator;

  Killer(Runner runner, Random random, int kills, Consumer<String> narrator) {
    this.runner = runner;
    this.random = random;
    this.kills = kills;
    this.narrator = narrator;
  }

  /** Returns how many were killed; the platform is whole again then. */
  @Override
  public Integer call() throws InterruptedException {
    int done = 0;
    while (done < kills) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      String victim = VICTIMS.get(random.nextInt(VICTIMS.size()));
      if (runner.kill(victim)) {
        done++;
        narrator.accept("kill -9 " + victim + " (" + done + " of " + kills + ")");
      }
      runner.heal();
    }
    return done;
  }
}
