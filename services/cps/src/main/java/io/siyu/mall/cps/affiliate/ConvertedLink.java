package io.siyu.mall.cps.affiliate;

/** A link that carries a distributor's id. */
public record ConvertedLink(String itemId, String url, String shortUrl) {}
