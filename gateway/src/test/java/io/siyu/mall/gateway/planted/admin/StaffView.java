package io.siyu.mall.gateway.planted.admin;

/** Planted: something that only staff may see. */
public record StaffView(long costFen) {}
