package io.siyu.mall.gateway.error;

/**
 * One field that is wrong.
 *
 * @param field path of the field in the request as the client wrote it, for example {@code
 *     lines[0].quantity}; the name of a header or parameter where it is none
 * @param message what is wrong with it, for people
 */
public record Violation(String field, String message) {}
