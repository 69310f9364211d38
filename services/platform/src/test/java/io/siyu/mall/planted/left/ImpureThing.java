package io.siyu.mall.planted.left;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;

/** Planted: an aggregate that knows Uni, and whose state is assigned by a verb. */
@Entity
public class ImpureThing {

  private ImpureState state = ImpureState.NEW;

  Uni<ImpureState> state() {
    return Uni.createFrom().item(state);
  }

  void finish() {
    state = ImpureState.DONE;
  }
}
