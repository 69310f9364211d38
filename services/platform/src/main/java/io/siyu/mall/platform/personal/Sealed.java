package io.siyu.mall.platform.personal;

/**
 * A sealed text and where it stands: what is handed on by those who do not open it.
 *
 * @param text as it is stored
 */
public record Sealed(Cell cell, String text) {}
