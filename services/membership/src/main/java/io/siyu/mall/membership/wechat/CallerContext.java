package io.siyu.mall.membership.wechat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** Brings answers back to the Vert.x context of the call, where the database sessions live. */
final class CallerContext {

  private CallerContext() {}

  /** The same Uni, whose answer or failure arrives on the context that is current now. */
  static <T> Uni<T> back(Uni<T> work) {
    Context context = Vertx.currentContext();
    Executor executor = context == null ? Runnable::run : MutinyHelper.executor(context);
    return work.emitOn(executor);
  }
}
