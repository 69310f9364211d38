package io.siyu.mall.planted.left;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.planted.right.OtherClient;
import io.smallrye.mutiny.Uni;

/** Planted: a use case that knows Hibernate, and calls a neighbour inside its transaction. */
public class ThingCommands {

  private final OtherClient client = null;

  @WithTransaction
  Uni<String> doIt() {
    return Panache.currentTransaction().chain(tx -> client.ask());
  }
}
