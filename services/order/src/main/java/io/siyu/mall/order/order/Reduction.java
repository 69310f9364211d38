package io.siyu.mall.order.order;

import io.siyu.mall.platform.money.Money;

/**
 * What a rule took off a line.
 *
 * @param rule names the rule and its version, for machines
 * @param title names it for people
 * @param amount positive
 */
public record Reduction(String rule, String title, Money amount) {}
