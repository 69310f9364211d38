package io.siyu.mall.gateway.http;

import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;

/** Versions of editable things as entity tags. */
public final class ETags {

  /** The request header that names the version which is to be changed. */
  public static final String IF_MATCH = "If-Match";

  private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

  private ETags() {}

  /** 200 with the version as {@code ETag}. */
  public static <T> RestResponse<T> ok(T body, long version) {
    return with(RestResponse.Status.OK, body, version);
  }

  /** 201 with the version as {@code ETag}. */
  public static <T> RestResponse<T> created(T body, long version) {
    return with(RestResponse.Status.CREATED, body, version);
  }

  private static <T> RestResponse<T> with(RestResponse.Status status, T body, long version) {
    return RestResponse.ResponseBuilder.create(status, body)
        .header("ETag", "\"" + version + "\"")
        .build();
  }

  /**
   * The version that {@code If-Match} names.
   *
   * @throws ProblemException 428 IF_MATCH_REQUIRED when it is absent, 400 IF_MATCH_INVALID when it
   *     is not an ETag of this API
   */
  public static long version(String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw new ProblemException(
          Problem.of(428, Reasons.IF_MATCH_REQUIRED, "修改须带 If-Match，其值为读取时返回的 ETag"));
    }
    Matcher tag = TAG.matcher(ifMatch.trim());
    if (!tag.matches()) {
      throw ProblemException.invalid(Reasons.IF_MATCH_INVALID, IF_MATCH, "If-Match 须为读取时返回的 ETag");
    }
    return Long.parseLong(tag.group(1));
  }
}
