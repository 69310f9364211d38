package io.siyu.mall.platform.test;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.UUID;

/**
 * A call of any method of the contract, by its descriptor, with a request that is good enough to
 * get past the door: ids that mean nothing, and a reason.
 */
final class AnyCall {

  private final io.grpc.MethodDescriptor<Message, Message> wire;
  private final Message request;

  private AnyCall(io.grpc.MethodDescriptor<Message, Message> wire, Message request) {
    this.wire = wire;
    this.request = request;
  }

  static AnyCall of(MethodDescriptor method) {
    io.grpc.MethodDescriptor<Message, Message> wire =
        io.grpc.MethodDescriptor.<Message, Message>newBuilder()
            .setType(
                method.isClientStreaming()
                    ? io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING
                    : io.grpc.MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
            .setRequestMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
            .setResponseMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
            .build();
    return new AnyCall(wire, filled(method.getInputType()));
  }

  /** Calls; without a token if it is empty. */
  Message with(String token) {
    Stub stub = token.isEmpty() ? TestGrpc.anonymous(Stub::new) : TestGrpc.as(token, Stub::new);
    return ClientCalls.blockingUnaryCall(stub.getChannel(), wire, stub.getCallOptions(), request);
  }

  private static DynamicMessage filled(Descriptor type) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    List<FieldDescriptor> single =
        type.getFields().stream().filter(field -> !field.isRepeated()).toList();
    for (FieldDescriptor field : single) {
      String name = field.getName();
      switch (field.getType()) {
        case STRING -> {
          if (name.endsWith("_id") || name.equals("id")) {
            message.setField(field, UUID.randomUUID().toString());
          } else if (name.equals("reason")) {
            message.setField(field, "测试");
          } else if (name.equals("currency_code")) {
            message.setField(field, "CNY");
          }
        }
        case ENUM -> message.setField(field, field.getEnumType().getValues().get(1));
        case MESSAGE -> {
          if (!field.getMessageType().getFullName().startsWith("google.")) {
            message.setField(field, filled(field.getMessageType()));
          }
        }
        default -> {
          // Numbers stay what they are.
        }
      }
    }
    return message.build();
  }

  private static final class Stub extends AbstractStub<Stub> {

    Stub(Channel channel) {
      this(channel, CallOptions.DEFAULT);
    }

    private Stub(Channel channel, CallOptions options) {
      super(channel, options);
    }

    @Override
    protected Stub build(Channel channel, CallOptions options) {
      return new Stub(channel, options);
    }
  }
}
