package io.siyu.mall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.siyu.mall.gateway.testing.GatewayTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Raw connections that never quite finish what they say; a second is the patience here. */
@GatewayTest
@TestProfile(SlowCallersTest.Impatient.class)
@Timeout(60)
class SlowCallersTest {

  private static final int LONGEST_MILLIS = 6_000;

  /** Everything in short. */
  public static class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mall.gateway.http.patience.head", "PT1S",
          "mall.gateway.http.patience.body", "PT1S",
          "mall.gateway.http.patience.upload", "PT2S",
          "mall.gateway.http.patience.idle", "PT2S");
    }
  }

  @TestHTTPResource("/")
  URL gateway;

  @TestHTTPResource(value = "/", management = true)
  URL management;

  @Test
  void whoSaysNothingIsNotWaitedFor() throws IOException {
    for (URL door : new URL[] {gateway, management}) {
      try (Caller caller = new Caller(door)) {
        caller.closedWhileSaying("");
      }
    }
  }

  @Test
  void headersThatComeLetterByLetterAreNotWaitedFor() throws IOException {
    for (URL door : new URL[] {gateway, management}) {
      try (Caller caller = new Caller(door)) {
        caller.say("GET /ping HTTP/1.1\r\nHost: localhost\r\n");
        caller.closedWhileSaying("X-A: b\r\n");
      }
    }
  }

  @Test
  void aSecondRequestThatComesLetterByLetterIsNotWaitedForEither() throws IOException {
    try (Caller caller = new Caller(gateway)) {
      caller.say("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(caller.hear().startsWith("HTTP/1.1 200"));
      caller.say("GET /ping HTTP/1.1\r\nHost: localhost\r\n");
      caller.closedWhileSaying("X-A: b\r\n");
    }
  }

  @Test
  void aBodyThatComesLetterByLetterIsNotWaitedFor() throws IOException {
    String head =
        "POST /shop/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    try (Caller caller = new Caller(gateway)) {
      caller.say(head + "Content-Length: 1000\r\n\r\n{");
      caller.closedWhileSaying(" ");
    }
    try (Caller caller = new Caller(gateway)) {
      caller.say(head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
      caller.closedWhileSaying("1\r\n \r\n");
    }
  }

  @Test
  void whoIsQuickIsServedOnOneConnectionForAsLongAsTheyLike() throws Exception {
    try (Caller caller = new Caller(gateway)) {
      for (int i = 0; i < 4; i++) {
        caller.say("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(caller.hear().startsWith("HTTP/1.1 200"));
        Thread.sleep(1_200);
      }
    }
  }

  @Test
  void manySlowOnesLeaveTheOthersAlone() throws Exception {
    Caller[] slow = new Caller[300];
    try {
      for (int i = 0; i < slow.length; i++) {
        slow[i] = new Caller(gateway);
        slow[i].say("GET /ping HTTP/1.1\r\n");
      }
      try (Caller quick = new Caller(gateway)) {
        quick.say("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(quick.hear().startsWith("HTTP/1.1 200"));
      }
      for (Caller caller : slow) {
        caller.closedWhileSaying("");
      }
    } finally {
      for (Caller caller : slow) {
        if (caller != null) {
          caller.close();
        }
      }
    }
  }

  /** A caller by hand. */
  private static final class Caller implements AutoCloseable {

    private final Socket socket;

    Caller(URL door) throws IOException {
      socket = new Socket("localhost", door.getPort());
      socket.setSoTimeout(250);
    }

    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }

    String hear() throws IOException {
      socket.setSoTimeout(10_000);
      byte[] answer = new byte[4_000];
      int length = socket.getInputStream().read(answer);
      socket.setSoTimeout(250);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }

    /** Four times a second something more; the connection must end all the same. */
    void closedWhileSaying(String more) throws IOException {
      long end = System.nanoTime() + LONGEST_MILLIS * 1_000_000L;
      InputStream in = socket.getInputStream();
      while (System.nanoTime() < end) {
        try {
          say(more);
          if (in.read() == -1) {
            return;
          }
        } catch (SocketTimeoutException stillOpen) {
          continue;
        } catch (SocketException reset) {
          return;
        }
      }
      assertEquals("closed", "still open after " + LONGEST_MILLIS + " ms");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
