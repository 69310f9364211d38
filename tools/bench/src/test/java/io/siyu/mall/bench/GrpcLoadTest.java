package io.siyu.mall.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrpcLoadTest {

  private static final byte[] HEAD = HeaderBlock.of("/a.B/C", "catalog", "t".repeat(200));

  @Test
  void headersAreHpackWithoutItsTable() {
    assertEquals(
        "8386"
            + "0406"
            + HexFormat.of().formatHex("/a.B/C".getBytes(StandardCharsets.US_ASCII))
            + "0107"
            + HexFormat.of().formatHex("catalog".getBytes(StandardCharsets.US_ASCII))
            + "0f1010"
            + HexFormat.of().formatHex("application/grpc".getBytes(StandardCharsets.US_ASCII))
            + "00027465"
            + "08"
            + HexFormat.of().formatHex("trailers".getBytes(StandardCharsets.US_ASCII))
            // 207 bytes: 127, and 80 more.
            + "0f087f50"
            + HexFormat.of().formatHex("Bearer ".getBytes(StandardCharsets.US_ASCII))
            + "74".repeat(200),
        HexFormat.of().formatHex(HEAD));
  }

  @Test
  void aStatusIsReadAndAnythingElseIsNone() {
    assertEquals(0, HeaderBlock.status(trailers("0")));
    assertEquals(14, HeaderBlock.status(trailers("14")));
    assertEquals(-1, HeaderBlock.status("something else".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void aMessageIsAsLongAsItSays() {
    UUID order = OrderIds.next();
    byte[] message = ReserveMessage.of(order, new UUID(1, 2).toString());
    assertEquals(message.length - 5, message[4]);
    String text = new String(message, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("\u0012$" + order), "the order's id is field 2");
    assertTrue(text.contains("\u001a(\n$" + new UUID(1, 2)), "a line is field 3");
    assertTrue(text.endsWith("\u0010\u0001"), "one piece");
    assertEquals(7, order.version());
    assertEquals(2, order.variant());
  }

  /** Every third call is refused; every answer comes in two halves. */
  @Test
  void everyAnswerIsCountedAndItsCallerGoesOn() throws IOException {
    AtomicInteger served = new AtomicInteger();
    Measured measured = new Measured();
    try (ServerSocket server = new ServerSocket(0)) {
      start(server, served);
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.getLocalPort());
      try (GrpcLoad load = new GrpcLoad(address, 2, List.of(HEAD, HEAD, HEAD))) {
        load.run(i -> new byte[] {0, 0, 0, 0, 0}, Duration.ofMillis(300), measured);
      }
    }
    assertEquals(served.get(), measured.count() + measured.errors());
    assertTrue(measured.count() > 20, "answered: " + measured.count());
    assertTrue(Math.abs(measured.count() - 2 * measured.errors()) <= 4, "a third is refused");
    assertTrue(measured.firstError().contains("grpc-status"), measured.firstError());
  }

  private static void start(ServerSocket server, AtomicInteger served) {
    Thread acceptor =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket socket = server.accept();
                  Thread thread = new Thread(() -> serve(socket, served));
                  thread.setDaemon(true);
                  thread.start();
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    acceptor.setDaemon(true);
    acceptor.start();
  }

  private static void serve(Socket socket, AtomicInteger served) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      assertArrayEquals(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
          in.readNBytes(24));
      out.write(frame(4, 0, 0, new byte[0]));
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.readUnsignedByte();
        int stream = in.readInt();
        in.readNBytes(length);
        if (type == 0) {
          byte[] answer = answer(stream, served.incrementAndGet() % 3 == 0);
          out.write(answer, 0, answer.length / 2);
          out.flush();
          Thread.yield();
          out.write(answer, answer.length / 2, answer.length - answer.length / 2);
          out.flush();
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static byte[] answer(int stream, boolean refused) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!refused) {
      out.writeBytes(frame(1, 4, stream, new byte[] {(byte) 0x88}));
      out.writeBytes(frame(0, 0, stream, new byte[] {0, 0, 0, 0, 1, 7}));
    }
    out.writeBytes(frame(1, 5, stream, trailers(refused ? "9" : "0")));
    return out.toByteArray();
  }

  private static byte[] trailers(String status) {
    return ("\u0000\u000bgrpc-status" + (char) status.length() + status)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(payload.length >> 16);
      out.writeShort(payload.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
