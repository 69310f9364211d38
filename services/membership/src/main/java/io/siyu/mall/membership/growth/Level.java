package io.siyu.mall.membership.growth;

/**
 * One level of a level table.
 *
 * @param number 0 is where everybody begins
 * @param from the growth value at which it begins
 */
public record Level(int number, String name, long from) {}
