package io.siyu.mall.order.fulfilment;

import io.siyu.mall.platform.error.Validation;

/** What a parcel is found by on its way. */
public record Label(String carrier, String trackingNumber) {

  private static final int MAX_TEXT = 40;

  /** Reports both fields where they cannot be kept. */
  public Validation validate(Validation validation) {
    return validation
        .length("carrier", carrier, 1, MAX_TEXT)
        .length("tracking_number", trackingNumber, 1, MAX_TEXT);
  }

  /** For people. */
  @Override
  public String toString() {
    return carrier + " " + trackingNumber;
  }
}
