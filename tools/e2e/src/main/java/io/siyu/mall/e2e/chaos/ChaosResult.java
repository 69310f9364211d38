package io.siyu.mall.e2e.chaos;

/**
 * What was left after the killing.
 *
 * @param ok nothing lost, doubled, different or stuck
 * @param kills components ended with {@code kill -9}
 * @param orders orders whose placing was answered with success
 * @param lost of them, unknown to the platform
 * @param duplicated orders that nobody was told of
 * @param ledgerDifferenceFen differences in money
 * @param stockDifference differences in stock, pieces
 * @param stuck trades without an end, and parked events
 * @param seconds how long it took
 */
public record ChaosResult(
    boolean ok,
    int kills,
    int orders,
    int lost,
    int duplicated,
    long ledgerDifferenceFen,
    long stockDifference,
    int stuck,
    double seconds) {}
