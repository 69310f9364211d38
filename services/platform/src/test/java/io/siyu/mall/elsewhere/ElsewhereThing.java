package io.siyu.mall.elsewhere;

/** Belongs to another service. */
public class ElsewhereThing {}
