package io.siyu.mall.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLoadTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong",
        "HTTP/1.1 201 Created\r\nX: y\r\ncontent-length:2\r\n\r\n{}",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npong\r\n0\r\n\r\n"
      })
  void anAnswerIsWholeWithItsLastByteHoweverItIsCut(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    HttpAnswer answer = new HttpAnswer(1_000);
    for (int i = 0; i < bytes.length; i++) {
      assertEquals(i == bytes.length - 1, answer.take(ByteBuffer.wrap(bytes, i, 1)), "byte " + i);
    }
    assertEquals(2, answer.status() / 100);
    answer.clear();
    assertTrue(answer.take(ByteBuffer.wrap(bytes)));
  }

  @Test
  void everyAnswerIsCountedAndTimed() throws IOException {
    AtomicLong served = new AtomicLong();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext(
        "/",
        exchange -> {
          boolean good = exchange.getRequestURI().getPath().equals("/good");
          byte[] body = "answer".getBytes(StandardCharsets.US_ASCII);
          served.incrementAndGet();
          exchange.sendResponseHeaders(good ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    Measured measured = new Measured();
    try (HttpLoad load = new HttpLoad(uri, 4)) {
      load.run(i -> Requests.get(uri, i == 0 ? "/bad" : "/good"), Duration.ofMillis(500), measured);
    } finally {
      server.stop(0);
    }
    assertEquals(served.get(), measured.count() + measured.errors());
    assertTrue(measured.count() > 0 && measured.errors() > 0);
    assertTrue(measured.firstError().contains("503"));
    assertTrue(measured.seconds() >= 0.5 && measured.rate() > 0);
    assertFalse(measured.millisAt(50) > measured.millisAt(99));
  }

  @Test
  void turnsAddUp() {
    Measured one = new Measured();
    one.answered(2_000_000);
    one.took(1_000_000_000);
    Measured other = new Measured();
    other.answered(4_000_000);
    other.failed("why");
    one.add(other);
    one.took(1_000_000_000);
    assertEquals(2, one.count());
    assertEquals(1, one.errors());
    assertEquals("why", one.firstError());
    assertEquals(1.0, one.rate());
  }
}
