package io.siyu.mall.local.start;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks components whether they can serve. */
public final class Health {

  private static final int CONNECT_MILLIS = 500;
  private static final int READ_MILLIS = 3000;
  private static final int PACE_MILLIS = 60;

  private Health() {}

  /** True if the address answers 200. */
  public static boolean isUp(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Waits until the address answers 200.
   *
   * @param process ends the wait when it ends
   * @return false if the process ended or the time ran out
   */
  public static boolean await(URI address, ProcessHandle process, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!isUp(address)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        return false;
      }
      pause(process);
    }
    return true;
  }

  /** A short while, or less if the process ends. */
  private static void pause(ProcessHandle process) {
    try {
      process.onExit().get(PACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException on) {
      return;
    }
  }
}
