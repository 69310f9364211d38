package io.siyu.mall.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Callers that each send the next request when the last one was answered, all on one thread and as
 * little work as possible: the machine is shared with what is measured.
 */
final class HttpLoad implements AutoCloseable {

  private static final int BUFFER = 1 << 18;
  private static final long SELECT_MILLIS = 100;

  private final Selector selector = Selector.open();
  private final List<Caller> callers = new ArrayList<>();

  /**
   * @param connections how many callers
   */
  HttpLoad(URI server, int connections) throws IOException {
    InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      Caller caller = new Caller(i, channel);
      channel.register(selector, SelectionKey.OP_READ, caller);
      callers.add(caller);
    }
  }

  /**
   * Runs one turn. Requests that are open at its end are waited for.
   *
   * @param requests the next request of a caller, whole, as bytes
   */
  void run(IntFunction<byte[]> requests, Duration turn, Measured into) throws IOException {
    long start = System.nanoTime();
    long end = start + turn.toNanos();
    for (Caller caller : callers) {
      caller.send(requests.apply(caller.index));
    }
    int open = callers.size();
    while (open > 0) {
      selector.select(SELECT_MILLIS);
      for (SelectionKey key : selector.selectedKeys()) {
        Caller caller = (Caller) key.attachment();
        if (!caller.read()) {
          continue;
        }
        caller.record(into);
        if (System.nanoTime() < end) {
          caller.send(requests.apply(caller.index));
        } else {
          open--;
        }
      }
      selector.selectedKeys().clear();
    }
    into.took(System.nanoTime() - start);
  }

  @Override
  public void close() throws IOException {
    for (Caller caller : callers) {
      caller.channel.close();
    }
    selector.close();
  }

  private static final class Caller {
    private final int index;
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final HttpAnswer answer = new HttpAnswer(BUFFER);
    private long sentAt;

    Caller(int index, SocketChannel channel) {
      this.index = index;
      this.channel = channel;
    }

    void send(byte[] request) throws IOException {
      answer.clear();
      sentAt = System.nanoTime();
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    /** True when the answer is whole. */
    boolean read() throws IOException {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new IOException("the server closed the connection");
      }
      buffer.flip();
      return answer.take(buffer);
    }

    void record(Measured into) {
      if (answer.status() / 100 == 2) {
        into.answered(System.nanoTime() - sentAt);
      } else {
        into.failed(answer.text());
      }
    }
  }
}
