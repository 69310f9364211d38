package io.siyu.mall.platform.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.notes.v1.NoteBookGrpc;
import io.siyu.mall.platform.notes.v1.WhoAmIRequest;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a service answers at which of its ports, and how much it takes. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class DoorsTest {

  private static final int MAX_CONCURRENT_STREAMS = 3;

  @TestHTTPResource("/q/")
  URL open;

  @TestHTTPResource(value = "/", management = true)
  URL management;

  @Test
  void healthAndMetricsAreOnTheManagementPortAlone() throws Exception {
    for (String path : new String[] {"health/ready", "health/live", "health/started", "metrics"}) {
      assertEquals(200, status(management, path), path);
      assertEquals(404, status(open, path), path);
    }
  }

  @Test
  void whatThereIsToCallIsNotTold() {
    for (String version : new String[] {"v1", "v1alpha"}) {
      MethodDescriptor<byte[], byte[]> reflection =
          MethodDescriptor.<byte[], byte[]>newBuilder()
              .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(
                  "grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo")
              .setRequestMarshaller(new Bytes())
              .setResponseMarshaller(new Bytes())
              .build();
      StatusRuntimeException refused =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingServerStreamingCall(
                          TestGrpc.bare(NoteBookGrpc::newBlockingStub).getChannel(),
                          reflection,
                          CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                          new byte[0])
                      .hasNext());
      assertEquals(Status.Code.UNIMPLEMENTED, refused.getStatus().getCode(), version);
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void headersThatAreTooLongAreRefused() {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("x-long", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));
    assertThrows(
        StatusRuntimeException.class,
        () ->
            TestGrpc.anonymous(NoteBookGrpc::newBlockingStub)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .whoAmI(WhoAmIRequest.getDefaultInstance()));
  }

  @Test
  void aConnectionMayHaveSoManyCallsUnderWayAndNoMore() throws IOException {
    assertEquals(1_000, settings().get(MAX_CONCURRENT_STREAMS));
  }

  /** The first frame of an HTTP/2 server says what it takes (RFC 9113, 6.5). */
  private static Map<Integer, Integer> settings() throws IOException {
    try (Socket socket = new Socket("localhost", TestGrpc.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      assertEquals(4, in.readUnsignedByte(), "a SETTINGS frame");
      in.skipNBytes(5);
      Map<Integer, Integer> settings = new HashMap<>();
      for (int i = 0; i < length; i += 6) {
        settings.put(in.readUnsignedShort(), in.readInt());
      }
      assertTrue(settings.size() > 0);
      return settings;
    }
  }

  private static int status(URL base, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
