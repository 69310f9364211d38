package io.siyu.mall.platform.identity;

import io.grpc.ServerCall;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Keeps what happens on a call until it is known who calls, then hands it over in order. */
final class DelayedListener<Q> extends ServerCall.Listener<Q> {

  private final Queue<Consumer<ServerCall.Listener<Q>>> waiting = new ArrayDeque<>();
  private ServerCall.Listener<Q> target;

  /** Hands over what waited and everything that follows. */
  synchronized void proceed(ServerCall.Listener<Q> listener) {
    target = listener;
    waiting.forEach(event -> event.accept(listener));
    waiting.clear();
  }

  @Override
  public void onMessage(Q message) {
    pass(listener -> listener.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    pass(ServerCall.Listener::onHalfClose);
  }

  @Override
  public void onCancel() {
    pass(ServerCall.Listener::onCancel);
  }

  @Override
  public void onComplete() {
    pass(ServerCall.Listener::onComplete);
  }

  @Override
  public void onReady() {
    pass(ServerCall.Listener::onReady);
  }

  private synchronized void pass(Consumer<ServerCall.Listener<Q>> event) {
    if (target == null) {
      waiting.add(event);
    } else {
      event.accept(target);
    }
  }
}
