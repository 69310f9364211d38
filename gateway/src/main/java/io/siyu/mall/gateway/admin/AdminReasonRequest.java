package io.siyu.mall.gateway.admin;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A decision that somebody else will ask about.
 *
 * @param reason kept, and shown to whom it concerns
 */
public record AdminReasonRequest(@NotBlank @Size(max = 500) String reason) {}
