package io.siyu.mall.planted.util;

/** Planted: a package that says nothing. */
public class Leftovers {}
