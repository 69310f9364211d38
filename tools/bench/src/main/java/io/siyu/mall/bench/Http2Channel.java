package io.siyu.mall.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One HTTP/2 connection with unary gRPC calls on it; as much of RFC 9113 as they need. */
final class Http2Channel implements AutoCloseable {

  /** Told of each call that has ended. */
  interface Answers {

    /**
     * @param trailers the last headers of the answer, as they came
     */
    void answered(int caller, boolean message, byte[] trailers);
  }

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 1 << 18;
  private static final int FRAME_HEAD = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int HEADER_TABLE_SIZE = 1;
  private static final int GRPC_PREFIX = 5;

  /** More than all answers of a run together. */
  private static final int WINDOW = 1 << 30;

  private final SocketChannel socket;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
  private final Map<Integer, Call> calls = new HashMap<>();
  private int lastStream = -1;

  Http2Channel(InetSocketAddress server) throws IOException {
    socket = SocketChannel.open(server);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.configureBlocking(false);
    out.put(PREFACE);
    frame(6, SETTINGS, 0, 0);
    out.putShort((short) HEADER_TABLE_SIZE).putInt(0);
    frame(4, WINDOW_UPDATE, 0, 0);
    out.putInt(WINDOW);
    flush();
  }

  SocketChannel socket() {
    return socket;
  }

  /** Calls; nothing is sent before {@link #flush()}. */
  void call(int caller, byte[] headers, byte[] message) throws IOException {
    if (out.remaining() < headers.length + message.length + 2 * FRAME_HEAD) {
      flush();
    }
    lastStream += 2;
    calls.put(lastStream, new Call(caller));
    frame(headers.length, HEADERS, END_HEADERS, lastStream);
    out.put(headers);
    frame(message.length, DATA, END_STREAM, lastStream);
    out.put(message);
  }

  void flush() throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      socket.write(out);
    }
    out.clear();
  }

  /** Reads what is there. */
  void read(Answers answers) throws IOException {
    if (socket.read(in) < 0) {
      throw new IOException("the server closed the connection");
    }
    in.flip();
    while (in.remaining() >= FRAME_HEAD) {
      int length = (in.getShort(in.position()) & 0xffff) << 8 | in.get(in.position() + 2) & 0xff;
      if (in.remaining() < FRAME_HEAD + length) {
        break;
      }
      int type = in.get(in.position() + 3);
      int flags = in.get(in.position() + 4);
      int stream = in.getInt(in.position() + 5);
      in.position(in.position() + FRAME_HEAD);
      int next = in.position() + length;
      take(type, flags, stream, length, answers);
      in.position(next);
    }
    in.compact();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void take(int type, int flags, int stream, int length, Answers answers)
      throws IOException {
    switch (type) {
      case DATA -> calls.get(stream).message |= length > GRPC_PREFIX;
      case HEADERS -> {
        if ((flags & END_STREAM) != 0) {
          byte[] block = new byte[length];
          in.get(block);
          Call call = calls.remove(stream);
          answers.answered(call.caller, call.message, block);
        }
      }
      case RST_STREAM -> {
        Call call = calls.remove(stream);
        answers.answered(call.caller, false, "reset".getBytes(StandardCharsets.US_ASCII));
      }
      case SETTINGS -> {
        if ((flags & ACK) == 0) {
          frame(0, SETTINGS, ACK, 0);
        }
      }
      case PING -> {
        if ((flags & ACK) == 0) {
          long data = in.getLong();
          frame(8, PING, ACK, 0);
          out.putLong(data);
        }
      }
      case GOAWAY -> throw new IOException("the server goes away");
      default -> {
        // Windows: what is sent is far smaller than what the server grants at once.
      }
    }
  }

  private void frame(int length, int type, int flags, int stream) {
    out.putShort((short) (length >> 8)).put((byte) length);
    out.put((byte) type).put((byte) flags).putInt(stream);
  }

  private static final class Call {
    private final int caller;
    private boolean message;

    Call(int caller) {
      this.caller = caller;
    }
  }
}
