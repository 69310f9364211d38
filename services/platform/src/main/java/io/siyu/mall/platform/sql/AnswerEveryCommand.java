package io.siyu.mall.platform.sql;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Fails what a closed connection leaves unanswered. Vert.x' MySQL codec (up to 4.5.27 at least; see
 * vertx-sql-client#1364 for the same in PostgreSQL's) fails one command in flight, the first, when
 * the channel closes. Never answered are the others that were sent without waiting, and the
 * ROLLBACK that the first one's failure calls forth at once — so its transaction never ends, and
 * whoever waits for it waits for ever. Sits between the codec and the connection; all on the
 * connection's event loop.
 */
final class AnswerEveryCommand extends ChannelDuplexHandler {

  private static final String CODEC = "codec";

  private final Set<CommandBase<?>> unanswered = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Begins for the connection, which has nothing in flight yet. */
  static void on(ChannelHandlerContext connection) {
    connection.pipeline().addAfter(CODEC, "answers", new AnswerEveryCommand());
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof CommandBase<?> command) {
      if (!context.channel().isActive()) {
        fail(command);
        return;
      }
      unanswered.add(command);
    }
    super.write(context, message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof CommandResponse<?> response) {
      unanswered.remove(response.cmd);
    }
    super.channelRead(context, message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    // The connection hears of it first, and refuses what these failures call forth.
    super.channelInactive(context);
    List<CommandBase<?>> left = List.copyOf(unanswered);
    unanswered.clear();
    left.forEach(AnswerEveryCommand::fail);
  }

  private static void fail(CommandBase<?> command) {
    command.fail(ClosedConnectionException.INSTANCE);
  }
}
