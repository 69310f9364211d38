package io.siyu.mall.platform.paging;

import io.siyu.mall.platform.error.DomainException;

/** How many entries a page has. */
public final class PageSize {

  public static final int DEFAULT = 20;
  public static final int MAX = 100;

  private PageSize() {}

  /**
   * The size to use: {@value #DEFAULT} for 0, never more than {@value #MAX}.
   *
   * @throws DomainException INVALID_ARGUMENT on page_size when it is negative
   */
  public static int of(int requested) {
    if (requested < 0) {
      throw DomainException.invalid("page_size", "must not be negative");
    }
    return requested == 0 ? DEFAULT : Math.min(requested, MAX);
  }
}
