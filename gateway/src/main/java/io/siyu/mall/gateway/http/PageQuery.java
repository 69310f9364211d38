package io.siyu.mall.gateway.http;

import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which page of a list. */
public class PageQuery {

  /** How many items, 1 to 100; absent: 20. */
  @QueryParam("pageSize")
  @Parameter(description = "每页条数，1–100，默认 20 / items per page")
  @Min(1)
  @Max(Bounds.PAGE)
  public Integer pageSize;

  /** {@code nextPageToken} of the page before; absent: the first page. */
  @QueryParam("pageToken")
  @Parameter(description = "上一页返回的 nextPageToken / nextPageToken of the page before")
  @Text(TextType.PAGE_TOKEN)
  public String pageToken;

  /** The size as it travels: 0 lets the service choose. */
  public int size() {
    return pageSize == null ? 0 : pageSize;
  }

  /** The token as it travels: empty for the first page. */
  public String token() {
    return pageToken == null ? "" : pageToken;
  }
}
