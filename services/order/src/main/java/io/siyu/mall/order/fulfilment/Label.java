package io.siyu.mall.order.fulfilment;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.TextType;

/** What a parcel is found by on its way. */
public record Label(String carrier, String trackingNumber) {

  /** Reports both fields where they cannot be kept. */
  public Validation validate(Validation validation) {
    return validation
        .required(TextType.CARRIER, "carrier", carrier)
        .required(TextType.TRACKING_NUMBER, "tracking_number", trackingNumber);
  }

  /** For people. */
  @Override
  public String toString() {
    return carrier + " " + trackingNumber;
  }
}
