package io.siyu.mall.gateway.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.grpc.StatusRuntimeException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.siyu.mall.text.Excerpt;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every exception that an endpoint can end with, as a {@link Problem}. */
public class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private static final int MAX_VALUE_SHOWN = 60;

  /** What Quarkus says of such a body. */
  private static final String TOO_LARGE = "Request too large";

  @ServerExceptionMapper
  public Response map(ProblemException e) {
    return response(e.problem(), e.retryAfterSeconds());
  }

  @ServerExceptionMapper
  public Response map(StatusRuntimeException e) {
    return response(RemoteProblems.of(e), RemoteProblems.retryAfterSeconds(e));
  }

  @ServerExceptionMapper
  public Response map(ConstraintViolationException e) {
    if (e.getConstraintViolations().stream().anyMatch(ProblemMappers::isAboutTheAnswer)) {
      return unexpected(e);
    }
    List<Violation> violations =
        e.getConstraintViolations().stream()
            .map(v -> new Violation(fieldOf(v.getPropertyPath()), v.getMessage()))
            .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
            .toList();
    String detail =
        violations.stream()
            .map(v -> v.field() + " " + v.message())
            .limit(3)
            .collect(Collectors.joining("；"));
    return response(Problem.of(400, Reasons.INVALID_ARGUMENT, detail, violations), 0);
  }

  @ServerExceptionMapper
  public Response map(MismatchedInputException e) {
    return response(malformed(e), 0);
  }

  @ServerExceptionMapper
  public Response map(JsonProcessingException e) {
    return response(malformed(e), 0);
  }

  @ServerExceptionMapper
  public Response map(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (e.getCause() instanceof JsonProcessingException json) {
      return response(malformed(json), 0);
    }
    if (e.getCause() instanceof ProblemException problem) {
      return map(problem);
    }
    if (status >= 500) {
      return unexpected(e);
    }
    if (status == 404 && e.getCause() != null) {
      // What JAX-RS says when a query or path parameter is of the wrong type.
      return response(
          Problem.of(400, Reasons.INVALID_PARAMETER, "参数的取值有误：" + wrong(e.getCause())), 0);
    }
    return response(ofStatus(status), 0);
  }

  @ServerExceptionMapper
  public Response map(UnauthorizedException e) {
    return unauthenticated();
  }

  @ServerExceptionMapper
  public Response map(AuthenticationFailedException e) {
    if (IssuerOutage.isCauseOf(e)) {
      LOG.warnf("a token issuer cannot be reached: %s", e.getMessage());
      return response(IssuerOutage.PROBLEM, 0);
    }
    return unauthenticated();
  }

  @ServerExceptionMapper
  public Response map(ForbiddenException e) {
    return response(Problem.of(403, Reasons.PERMISSION_DENIED, "当前账号没有此操作的权限"), 0);
  }

  /** A body without a length is found to be too large only while it is read. */
  @ServerExceptionMapper
  public Response map(IOException e) {
    return TOO_LARGE.equals(e.getMessage()) ? response(ofStatus(413), 0) : unexpected(e);
  }

  @ServerExceptionMapper
  public Response map(Throwable e) {
    if (IssuerOutage.isCauseOf(e)) {
      LOG.warnf("a token issuer cannot be reached: %s", e.getMessage());
      return response(IssuerOutage.PROBLEM, 0);
    }
    return unexpected(e);
  }

  private static Response unexpected(Throwable e) {
    String errorId = UUID.randomUUID().toString();
    LOG.errorf(e, "unexpected error %s", errorId);
    return response(Problem.internal(errorId), 0);
  }

  private static Response unauthenticated() {
    return Response.fromResponse(
            response(Problem.of(401, Reasons.UNAUTHENTICATED, "请先登录：凭证缺失、已过期或无效"), 0))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }

  /** The problem for a status that some layer below chose by itself. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> Problem.of(401, Reasons.UNAUTHENTICATED, "请先登录");
      case 403 -> Problem.of(403, Reasons.PERMISSION_DENIED, "没有权限");
      case 404 -> Problem.of(404, Reasons.PATH_UNKNOWN, "没有这个地址");
      case 405 -> Problem.of(405, Reasons.METHOD_NOT_ALLOWED, "这个地址不支持此方法");
      case 406 -> Problem.of(406, Reasons.NOT_ACCEPTABLE, "无法按 Accept 返回");
      case 414 -> Problem.of(414, Reasons.URI_TOO_LONG, "请求地址过长");
      case 413 -> Problem.of(413, Reasons.BODY_TOO_LARGE, "请求内容过大");
      case 415 -> Problem.of(415, Reasons.UNSUPPORTED_MEDIA_TYPE, "不支持此 Content-Type");
      default ->
          status < 500
              ? Problem.of(status, Reasons.MALFORMED_REQUEST, "请求无法识别")
              : Problem.internal(UUID.randomUUID().toString());
    };
  }

  private static Problem malformed(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping)) {
      return Problem.of(400, Reasons.MALFORMED_JSON, "请求内容不是合法的 JSON");
    }
    String field = fieldOf(mapping);
    String message = "取值有误";
    if (e instanceof InvalidFormatException format) {
      Class<?> type = format.getTargetType();
      message =
          type != null && type.isEnum()
              ? "只能是 " + Arrays.toString(type.getEnumConstants())
              : "取值有误：" + clip(String.valueOf(format.getValue()));
    } else if (e instanceof MismatchedInputException) {
      message = "类型有误";
    }
    return Problem.of(
        400,
        Reasons.INVALID_ARGUMENT,
        (field.isEmpty() ? "请求内容" : field) + " " + message,
        field.isEmpty() ? List.of() : List.of(new Violation(field, message)));
  }

  private static String fieldOf(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }

  private static boolean isAboutTheAnswer(ConstraintViolation<?> violation) {
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getKind() == ElementKind.RETURN_VALUE) {
        return true;
      }
    }
    return false;
  }

  /** The path without the method, and without the parameter's name where it is the body. */
  private static String fieldOf(Path path) {
    StringBuilder name = new StringBuilder();
    String parameter = "body";
    for (Path.Node node : path) {
      switch (node.getKind()) {
        case METHOD -> {}
        case PARAMETER -> parameter = node.getName();
        default -> append(name, node);
      }
    }
    return name.isEmpty() ? parameter : name.toString();
  }

  /** The index of an element is told by the node after the list. */
  private static void append(StringBuilder name, Path.Node node) {
    if (node.getIndex() != null) {
      name.append('[').append(node.getIndex()).append(']');
    }
    if (node.getName() != null && node.getKind() != ElementKind.CONTAINER_ELEMENT) {
      name.append(name.isEmpty() ? "" : ".").append(node.getName());
    }
  }

  /** What is wrong, in our words: those of the exception name the classes that we are made of. */
  private static String wrong(Throwable cause) {
    if (cause instanceof NumberFormatException) {
      return "应为数字";
    }
    return cause instanceof IllegalArgumentException ? "不是可选的值之一" : "格式不符";
  }

  private static String clip(String text) {
    return Excerpt.of(text, MAX_VALUE_SHOWN);
  }

  private static Response response(Problem problem, int retryAfterSeconds) {
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    int retryAfter = retryAfterSeconds > 0 ? retryAfterSeconds : retryAfter(problem.status());
    if (retryAfter > 0) {
      response.header(HttpHeaders.RETRY_AFTER, retryAfter);
    }
    return response.build();
  }

  private static int retryAfter(int status) {
    return status == 503 || status == 429 ? 1 : 0;
  }
}
