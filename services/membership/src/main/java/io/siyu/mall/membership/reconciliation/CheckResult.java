package io.siyu.mall.membership.reconciliation;

import java.util.List;

/**
 * One identity, checked.
 *
 * @param name stable
 * @param compared how many values were compared
 */
record CheckResult(String name, long compared, List<Finding> findings) {}
