package io.siyu.mall.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * As {@link HttpLoad}, for gRPC: callers that each send the next request when the last one was
 * answered, on one thread. They share a few connections, as the shoppers of a service's replicas
 * do.
 */
final class GrpcLoad implements AutoCloseable {

  private static final long SELECT_MILLIS = 100;
  private static final int OK = 0;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final Selector selector = Selector.open();
  private final List<Http2Channel> channels = new ArrayList<>();
  private final List<byte[]> heads;
  private final long[] sentAt;

  /**
   * @param heads the headers of each caller
   */
  GrpcLoad(InetSocketAddress server, int connections, List<byte[]> heads) throws IOException {
    this.heads = heads;
    this.sentAt = new long[heads.size()];
    for (int i = 0; i < connections; i++) {
      Http2Channel channel = new Http2Channel(server);
      channel.socket().register(selector, SelectionKey.OP_READ, channel);
      channels.add(channel);
    }
  }

  /**
   * Runs one turn. Calls that are open at its end are waited for.
   *
   * @param messages the next message of a caller, with its prefix
   */
  void run(IntFunction<byte[]> messages, Duration turn, Measured into) throws IOException {
    Turn now = new Turn(messages, System.nanoTime() + turn.toNanos(), into);
    long start = System.nanoTime();
    for (int caller = 0; caller < heads.size(); caller++) {
      now.send(caller);
    }
    for (Http2Channel channel : channels) {
      channel.flush();
    }
    while (now.open > 0) {
      selector.select(SELECT_MILLIS);
      for (SelectionKey key : selector.selectedKeys()) {
        Http2Channel channel = (Http2Channel) key.attachment();
        channel.read(now::answered);
        channel.flush();
      }
      selector.selectedKeys().clear();
      now.check();
    }
    into.took(System.nanoTime() - start);
  }

  @Override
  public void close() throws IOException {
    for (Http2Channel channel : channels) {
      channel.close();
    }
    selector.close();
  }

  private final class Turn {
    private final IntFunction<byte[]> messages;
    private final long end;
    private final Measured into;
    private IOException failure;
    private int open;

    Turn(IntFunction<byte[]> messages, long end, Measured into) {
      this.messages = messages;
      this.end = end;
      this.into = into;
    }

    void send(int caller) throws IOException {
      byte[] message = messages.apply(caller);
      sentAt[caller] = System.nanoTime();
      open++;
      channels.get(caller % channels.size()).call(caller, heads.get(caller), message);
    }

    void answered(int caller, boolean message, byte[] trailers) {
      open--;
      long now = System.nanoTime();
      if (message && HeaderBlock.status(trailers) == OK) {
        into.answered(now - sentAt[caller]);
      } else {
        into.failed(HeaderBlock.readable(trailers));
      }
      if (now < end) {
        try {
          send(caller);
        } catch (IOException e) {
          failure = e;
        }
      }
    }

    void check() throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (System.nanoTime() - end > PATIENCE_NANOS) {
        throw new IOException(open + " calls were never answered");
      }
    }
  }
}
