package io.siyu.mall.gateway.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.siyu.mall.gateway.openapi.Nullable;
import java.util.List;

/**
 * The one form of every failure (RFC 9457, {@code application/problem+json}).
 *
 * @param type URI that names the reason; stable
 * @param title what happened, in a few words, Chinese
 * @param status the HTTP status
 * @param detail what a person can do about it
 * @param reason stable code in upper snake case; programs decide by it
 * @param violations the fields that are wrong, when it is about fields
 * @param errorId what support finds the failure by in the logs, for failures of ours
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    @JsonProperty(required = true) int status,
    String detail,
    String reason,
    @Nullable List<Violation> violations,
    @Nullable String errorId) {

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem without fields. */
  public static Problem of(int status, String reason, String detail) {
    return of(status, reason, detail, List.of());
  }

  /** A problem with the fields that are wrong. */
  public static Problem of(int status, String reason, String detail, List<Violation> violations) {
    return new Problem(
        typeOf(reason), Titles.of(status), status, detail, reason, List.copyOf(violations), null);
  }

  /** A failure of ours: nothing of its inside is told, but it can be found in the log. */
  public static Problem internal(String errorId) {
    return new Problem(
        typeOf(Reasons.INTERNAL),
        Titles.of(500),
        500,
        "服务出错，请稍后再试；联系客服时请提供错误编号 " + errorId,
        Reasons.INTERNAL,
        List.of(),
        errorId);
  }

  private static String typeOf(String reason) {
    return "urn:siyu-mall:problem:" + reason.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
