package io.siyu.mall.platform.error;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's path as in the proto, for example {@code lines[2].quantity}
 * @param message for the caller's developer, English
 */
public record Violation(String field, String message) {}
