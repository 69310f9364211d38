package io.siyu.mall.cps.order;

/** What was bought. */
public record Goods(String title, String itemId, long quantity) {}
