package io.siyu.mall.platform.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import io.siyu.mall.platform.error.RemoteError;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.text.FieldTexts;
import io.siyu.mall.text.TextType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Sends what nobody should have to look at into every text of every request of a service, through
 * the real stub: each must be refused, by name.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> texts() {
 *   return TextContract.of("io.siyu.mall.proto.order.v1");
 * }
 * }</pre>
 */
public final class TextContract {

  private static final String STAFF = TestTokens.staff(Role.PLATFORM_ADMIN);

  private TextContract() {}

  /** A text in a request: the fields on the way to it, and its path as violations name it. */
  public record TextField(List<FieldDescriptor> way, String path) {

    /** The last of the way. */
    public FieldDescriptor field() {
      return way.get(way.size() - 1);
    }
  }

  /** One test per text of a request; of the services whose stubs lie in the Java package. */
  public static Stream<DynamicTest> of(String javaPackage) {
    return methods(javaPackage).stream()
        .filter(method -> FieldTexts.isFromOutside(input(method)))
        .flatMap(
            method ->
                texts(input(method)).stream()
                    .filter(text -> FieldTexts.of(text.field()) != null)
                    .map(
                        text ->
                            DynamicTest.dynamicTest(
                                method.getFullMethodName() + " " + text.path(),
                                () -> refuses(method, text))));
  }

  /** Every method of the services whose stubs lie in the Java package or below. */
  public static List<MethodDescriptor<?, ?>> methods(String javaPackage) {
    List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
    for (JavaClass type : new ClassFileImporter().importPackages(javaPackage)) {
      if (type.getSimpleName().endsWith("Grpc")
          && type.tryGetMethod("getServiceDescriptor").isPresent()) {
        try {
          ServiceDescriptor service =
              (ServiceDescriptor) type.reflect().getMethod("getServiceDescriptor").invoke(null);
          methods.addAll(service.getMethods());
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(type.getName(), e);
        }
      }
    }
    assertTrue(!methods.isEmpty(), "no services in " + javaPackage);
    return methods;
  }

  /** The message that a method is called with. */
  public static Descriptor input(MethodDescriptor<?, ?> method) {
    return ((ProtoMethodDescriptorSupplier) method.getSchemaDescriptor())
        .getMethodDescriptor()
        .getInputType();
  }

  /** Every string that a request can carry, but for its id. */
  public static List<TextField> texts(Descriptor request) {
    List<TextField> texts = new ArrayList<>();
    collect(request, List.of(), "", texts);
    return texts;
  }

  private static void collect(
      Descriptor message, List<FieldDescriptor> way, String path, List<TextField> texts) {
    for (FieldDescriptor field : message.getFields()) {
      List<FieldDescriptor> on = new ArrayList<>(way);
      on.add(field);
      String name = path + field.getName() + (field.isRepeated() ? "[0]" : "");
      if (field.isMapField() || way.contains(field)) {
        continue;
      }
      if (field.getJavaType() == JavaType.STRING && !field.getName().equals("request_id")) {
        texts.add(new TextField(on, name));
      } else if (field.getJavaType() == JavaType.MESSAGE
          && field.getMessageType().getFullName().startsWith("mall.")) {
        collect(field.getMessageType(), on, name + ".", texts);
      }
    }
  }

  private static void refuses(MethodDescriptor<?, ?> method, TextField text) {
    for (String hostile : hostile(FieldTexts.of(text.field()))) {
      RemoteError error = call(method, message(input(method), text.way(), hostile));
      assertEquals(Status.Code.INVALID_ARGUMENT, error.code(), hostile);
      assertTrue(
          error.violations().stream().anyMatch(v -> v.field().equals(text.path())),
          () -> hostile + " gave " + error.violations());
    }
  }

  private static List<String> hostile(TextType type) {
    return switch (type.form()) {
      case LINE, BLOCK, HTML ->
          List.of("a\u202Eb", "a\u200Bb", "a\u0000b", "a\u2066b", "长".repeat(type.max() + 1));
      case CODE -> List.of("a\u200Bb", "a\u202Eb", "<b>", "9".repeat(type.max() + 1));
      case URL ->
          List.of(
              "javascript:alert(1)",
              "\"><img onerror=alert(1)>",
              "http://img.example/a.png",
              "https://img.example/" + "a".repeat(type.max()));
      case TOKEN -> List.of("a b", "a\u200B", "中", "a".repeat(type.max() + 1));
      case PHONE -> List.of("1380013800\u202E0", "12345", "+85212345678");
    };
  }

  private static DynamicMessage message(Descriptor type, List<FieldDescriptor> way, String value) {
    FieldDescriptor field = way.get(0);
    Object content =
        way.size() == 1
            ? value
            : message(field.getMessageType(), way.subList(1, way.size()), value);
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    return (field.isRepeated()
            ? builder.addRepeatedField(field, content)
            : builder.setField(field, content))
        .build();
  }

  @SuppressWarnings("unchecked") // a stream of bytes is made of any message
  private static RemoteError call(MethodDescriptor<?, ?> method, DynamicMessage message) {
    MethodDescriptor<Object, Object> any = (MethodDescriptor<Object, Object>) method;
    // Whoever may not call is refused before anything is read.
    String token = AccessContract.tokenFor(method);
    Channel channel =
        (token.isEmpty() ? TestGrpc.bare(Bare::new) : TestGrpc.as(token, Bare::new)).getChannel();
    return RemoteErrors.from(
        assertThrows(
            StatusRuntimeException.class,
            () -> ClientCalls.blockingUnaryCall(channel, any, CallOptions.DEFAULT, message)));
  }

  private static final class Bare extends AbstractStub<Bare> {

    Bare(Channel channel) {
      super(channel, CallOptions.DEFAULT);
    }

    @Override
    protected Bare build(Channel channel, CallOptions options) {
      return new Bare(channel);
    }
  }
}
