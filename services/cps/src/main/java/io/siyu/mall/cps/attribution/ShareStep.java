package io.siyu.mall.cps.attribution;

import io.siyu.mall.platform.money.Money;

/**
 * A step of a share policy.
 *
 * @param step 1 is the first one
 * @param from who had at least so much settled commission in the month before; nothing for the
 *     first step
 * @param directBasisPoints of the commission, for whoever is credited
 * @param uplineBasisPoints of the commission, for their upline
 */
public record ShareStep(int step, Money from, int directBasisPoints, int uplineBasisPoints) {}
