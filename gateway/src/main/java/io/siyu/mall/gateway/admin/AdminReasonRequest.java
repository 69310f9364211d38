package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.NotBlank;

/**
 * A decision that somebody else will ask about.
 *
 * @param reason kept, and shown to whom it concerns
 */
public record AdminReasonRequest(@NotBlank @Text(TextType.REASON) String reason) {}
