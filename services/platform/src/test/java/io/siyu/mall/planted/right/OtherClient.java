package io.siyu.mall.planted.right;

import io.siyu.mall.elsewhere.ElsewhereThing;
import io.siyu.mall.planted.left.ImpureState;
import io.smallrye.mutiny.Uni;

/** Planted: closes a cycle, and imports another service's class. */
public interface OtherClient {
  Uni<String> ask();

  ImpureState state();

  ElsewhereThing thing();
}
