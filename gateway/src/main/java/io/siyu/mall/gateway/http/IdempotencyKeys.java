package io.siyu.mall.gateway.http;

import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import io.siyu.mall.gateway.error.Violation;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Every POST of the API needs an {@code Idempotency-Key}, unless its method says {@link
 * KeyOptional}. The other changing methods, and those POSTs, get a key made here when the client
 * sent none, so that every request to a service has a {@code request_id}.
 */
public class IdempotencyKeys {

  /** The request header. */
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern FORMAT = Pattern.compile("[\\x21-\\x7e]{8,64}");
  private static final Set<String> CHANGING =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  private final Map<String, Boolean> optional = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void check(ContainerRequestContext request, SimpleResourceInfo endpoint) {
    if (!CHANGING.contains(request.getMethod()) || !isApi(endpoint.getResourceClass())) {
      return;
    }
    String key = request.getHeaderString(HEADER);
    if (key == null || key.isBlank()) {
      if (request.getMethod().equals(HttpMethod.POST) && !isOptional(endpoint)) {
        throw refuse(Reasons.IDEMPOTENCY_KEY_REQUIRED, "此操作须带 Idempotency-Key 请求头");
      }
      request.getHeaders().putSingle(HEADER, UUID.randomUUID().toString());
    } else if (!FORMAT.matcher(key).matches()) {
      throw refuse(Reasons.IDEMPOTENCY_KEY_INVALID, "Idempotency-Key 须为 8–64 个可见 ASCII 字符，不含空格");
    }
  }

  private static boolean isApi(Class<?> resource) {
    return !resource.getPackageName().endsWith(".callback");
  }

  private boolean isOptional(SimpleResourceInfo endpoint) {
    return optional.computeIfAbsent(
        endpoint.getResourceClass().getName() + '#' + endpoint.getMethodName(),
        name -> declaresOptional(endpoint.getResourceClass(), endpoint.getMethodName()));
  }

  private static boolean declaresOptional(Class<?> resource, String method) {
    for (Method candidate : resource.getMethods()) {
      if (candidate.getName().equals(method) && candidate.isAnnotationPresent(KeyOptional.class)) {
        return true;
      }
    }
    return false;
  }

  private static ProblemException refuse(String reason, String message) {
    return new ProblemException(
        Problem.of(400, reason, message, List.of(new Violation(HEADER, message))));
  }
}
