package io.siyu.mall.planted.right;

import java.time.Instant;

/** Planted: a name that says nothing, floating point, machine time, printing, sleeping. */
public class ThingServiceImpl {

  private double price;

  Instant now() {
    return Instant.now();
  }

  void print() {
    System.out.println(price);
  }

  void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
