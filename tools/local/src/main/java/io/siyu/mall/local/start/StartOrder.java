package io.siyu.mall.local.start;

import io.siyu.mall.local.topology.Component;
import io.siyu.mall.local.topology.Topology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Runs a start of each component as early as those that it starts after allow. */
public final class StartOrder {

  private StartOrder() {}

  /**
   * Returns when all have been started, or one has failed and the others have come to an end.
   *
   * @param start returns when the component is healthy
   */
  public static void run(Topology topology, Consumer<Component> start) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Map<String, CompletableFuture<Void>> started = new LinkedHashMap<>();
      for (Component component : topology.components()) {
        CompletableFuture<?>[] before =
            component.after().stream().map(started::get).toArray(CompletableFuture[]::new);
        started.put(
            component.name(),
            CompletableFuture.allOf(before).thenRunAsync(() -> start.accept(component), threads));
      }
      CompletableFuture.allOf(started.values().toArray(new CompletableFuture[0])).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    } finally {
      threads.shutdownNow();
    }
  }
}
