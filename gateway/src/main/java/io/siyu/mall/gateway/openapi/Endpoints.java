package io.siyu.mall.gateway.openapi;

import io.siyu.mall.text.TextType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** What the classes say about each endpoint, by "METHOD /path". */
final class Endpoints {

  private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
  private static final DotName ROLES =
      DotName.createSimple("jakarta.annotation.security.RolesAllowed");
  private static final DotName PERMIT_ALL =
      DotName.createSimple("jakarta.annotation.security.PermitAll");
  private static final DotName KEY_OPTIONAL =
      DotName.createSimple("io.siyu.mall.gateway.http.KeyOptional");
  private static final DotName STATUS =
      DotName.createSimple("org.jboss.resteasy.reactive.ResponseStatus");
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final IndexView index;
  private final Map<String, Endpoint> byAddress = new HashMap<>();

  /**
   * An endpoint.
   *
   * @param roles who may call it; empty for everybody
   * @param status of success, 0 when the method does not say
   * @param texts the types of the parameters that are texts
   */
  record Endpoint(
      List<String> roles, boolean keyOptional, int status, Map<String, TextType> texts) {}

  Endpoints(IndexView index) {
    this.index = index;
    for (AnnotationInstance path : index.getAnnotations(PATH)) {
      if (path.target().kind() == org.jboss.jandex.AnnotationTarget.Kind.CLASS) {
        add(path.target().asClass(), path.value().asString());
      }
    }
  }

  /** The endpoint, or null when there is none. */
  Endpoint at(String method, String path) {
    return byAddress.get(method + ' ' + path);
  }

  private void add(ClassInfo resource, String root) {
    for (MethodInfo method : resource.methods()) {
      for (String verb : METHODS) {
        if (method.hasAnnotation(DotName.createSimple("jakarta.ws.rs." + verb))) {
          AnnotationInstance path = method.annotation(PATH);
          byAddress.put(
              verb + ' ' + join(root, path == null ? "" : path.value().asString()),
              new Endpoint(
                  roles(resource, method),
                  method.hasAnnotation(KEY_OPTIONAL),
                  status(method),
                  TextBounds.ofParameters(index, method)));
        }
      }
    }
  }

  private static List<String> roles(ClassInfo resource, MethodInfo method) {
    if (method.hasAnnotation(PERMIT_ALL)) {
      return List.of();
    }
    AnnotationInstance roles =
        method.hasAnnotation(ROLES) ? method.annotation(ROLES) : resource.declaredAnnotation(ROLES);
    return roles == null ? List.of() : new ArrayList<>(List.of(roles.value().asStringArray()));
  }

  private static int status(MethodInfo method) {
    AnnotationInstance status = method.annotation(STATUS);
    return status == null ? 0 : status.value().asInt();
  }

  private static String join(String root, String path) {
    String joined = (root + '/' + path).replaceAll("/+", "/");
    return joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined;
  }
}
