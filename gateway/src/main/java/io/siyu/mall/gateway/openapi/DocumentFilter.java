package io.siyu.mall.gateway.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.siyu.mall.gateway.openapi.Endpoints.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;

/**
 * Writes into the document, at build time, what the habits of this API imply and nobody wants to
 * repeat on every method: which fields of an answer are always there, the headers, who may call,
 * and the problems.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DocumentFilter implements OASFilter {

  private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
  private static final String PACKAGE = "io.siyu.mall.gateway.";
  private static final String REQUEST = "Request";
  private static final String KEY = "Idempotency-Key";
  private static final String IF_MATCH = "If-Match";
  private static final int KEY_MIN = 8;
  private static final int KEY_MAX = 64;

  private final IndexView index;
  private final Endpoints endpoints;

  public DocumentFilter(IndexView index) {
    this.index = index;
    this.endpoints = new Endpoints(index);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getComponents() == null || document.getPaths() == null) {
      return;
    }
    describeFields(document.getComponents().getSchemas());
    document
        .getComponents()
        .addSecurityScheme("member", bearer("会员登录凭证 / access token of POST /shop/v1/sessions"))
        .addSecurityScheme("staff", bearer("员工在 Keycloak 的登录凭证 / Keycloak access token"))
        .addSchema("Violation", violation())
        .addSchema("Problem", problem())
        .addResponse("Problem", problemResponse());
    document
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> item.getOperations().forEach((m, o) -> complete(path, m, o)));
  }

  private void describeFields(Map<String, Schema> schemas) {
    for (ClassInfo type : index.getKnownClasses()) {
      Schema schema = schemas.get(type.simpleName());
      if (schema == null || !type.isRecord() || !type.name().toString().startsWith(PACKAGE)) {
        continue;
      }
      if (type.simpleName().endsWith(REQUEST)) {
        TextBounds.publish(type, schema);
        continue;
      }
      List<String> required = new ArrayList<>();
      for (RecordComponentInfo component : type.recordComponents()) {
        if (!component.hasAnnotation(NULLABLE)) {
          required.add(component.name());
        }
      }
      schema.setRequired(required);
    }
    schemas.forEach(
        (name, schema) -> {
          if (name.startsWith("Page") && schema.getRequired() == null) {
            schema.setRequired(List.of("items"));
          }
        });
  }

  private void complete(String path, PathItem.HttpMethod method, Operation operation) {
    Endpoint endpoint = endpoints.at(method.name(), path);
    if (endpoint == null) {
      return;
    }
    secure(path, operation, endpoint);
    if (operation.getParameters() != null) {
      operation
          .getParameters()
          .forEach(p -> describe(p, method == PathItem.HttpMethod.POST && !endpoint.keyOptional()));
      operation.getParameters().stream()
          .filter(p -> endpoint.texts().containsKey(p.getName()))
          .forEach(p -> TextBounds.publish(endpoint.texts().get(p.getName()), p));
    }
    if (operation.getResponses() != null) {
      success(operation, endpoint.status());
      operation
          .getResponses()
          .addAPIResponse("default", OASFactory.createAPIResponse().ref("Problem"));
      if (!endpoint.roles().isEmpty()) {
        operation.getResponses().removeAPIResponse("401");
        operation.getResponses().removeAPIResponse("403");
      }
      operation.getResponses().removeAPIResponse("400");
    }
  }

  private static void secure(String path, Operation operation, Endpoint endpoint) {
    if (endpoint.roles().isEmpty()) {
      return;
    }
    String scheme = path.startsWith("/admin/") ? "staff" : "member";
    operation.setSecurity(
        List.of(OASFactory.createSecurityRequirement().addScheme(scheme, endpoint.roles())));
    if (scheme.equals("staff")) {
      operation.addExtension("x-roles", endpoint.roles());
    }
  }

  private static void describe(Parameter parameter, boolean keyRequired) {
    if (KEY.equals(parameter.getName())) {
      parameter
          .required(keyRequired)
          .description("同一操作重试时用同一个值；8–64 个可见 ASCII 字符 / repeat it to repeat the request safely");
      parameter.getSchema().minLength(KEY_MIN).maxLength(KEY_MAX);
    } else if (IF_MATCH.equals(parameter.getName())) {
      parameter.required(true).description("读取时返回的 ETag / the ETag that was read");
    }
  }

  /** The one success answer under the status that the method really gives. */
  private static void success(Operation operation, int status) {
    if (status == 0 || status == 200) {
      return;
    }
    APIResponse ok = operation.getResponses().getAPIResponse("200");
    if (ok != null) {
      operation.getResponses().removeAPIResponse("200");
      operation.getResponses().addAPIResponse(String.valueOf(status), ok);
    }
  }

  private static SecurityScheme bearer(String description) {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .bearerFormat("JWT")
        .description(description);
  }

  private static APIResponse problemResponse() {
    return OASFactory.createAPIResponse()
        .description("任何失败 / every failure (RFC 9457)")
        .content(
            OASFactory.createContent()
                .addMediaType(
                    "application/problem+json",
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
  }

  private static Schema violation() {
    return object(List.of("field", "message"))
        .addProperty("field", text("请求中的字段、参数或请求头"))
        .addProperty("message", text("哪里不对"));
  }

  private static Schema problem() {
    return object(List.of("type", "title", "status", "detail", "reason"))
        .addProperty("type", text("URI，与 reason 一一对应"))
        .addProperty("title", text("简述"))
        .addProperty(
            "status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER).format("int32"))
        .addProperty("detail", text("给人看的说明"))
        .addProperty("reason", text("稳定的原因代码，程序据此判断"))
        .addProperty(
            "violations",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .items(OASFactory.createSchema().ref("#/components/schemas/Violation")))
        .addProperty("errorId", text("服务端错误的编号"));
  }

  private static Schema object(List<String> required) {
    return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).required(required);
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
  }
}
