package io.siyu.mall.sandbox.platform;

import io.siyu.mall.sandbox.http.Route;
import java.util.List;

/** One part of the outside world: its interfaces, and how the control API moves it. */
public interface Platform {

  /** The platform's own interfaces and its part of the control API. */
  List<Route> routes();

  /** Goes on with what an earlier run of the sandbox had begun. */
  default void resume() {}
}
