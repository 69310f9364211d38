package io.siyu.mall.k8s;

import java.util.List;
import java.util.function.Function;

/**
 * Something that must hold of every overlay.
 *
 * @param name says what
 * @param check answers with what is wrong, nothing if all is well
 */
record Rule(String name, Function<Cluster, List<String>> check) {

  @Override
  public String toString() {
    return name;
  }
}
