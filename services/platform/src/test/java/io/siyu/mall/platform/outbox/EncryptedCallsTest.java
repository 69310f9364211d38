package io.siyu.mall.platform.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.siyu.mall.local.mariadb.ServerCertificate;
import io.siyu.mall.platform.grpc.GrpcTls;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.OutgoingCallInterceptor;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.notes.v1.NoteBookGrpc;
import io.siyu.mall.platform.notes.v1.WhoAmIRequest;
import io.siyu.mall.platform.notes.v1.WhoAmIResponse;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.proto.common.v1.Event;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls between services with {@code mall.grpc.tls.*}, by real handshakes. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@TestProfile(EncryptedCallsTest.Encrypted.class)
class EncryptedCallsTest {

  private static final WhoAmIRequest WHO = WhoAmIRequest.getDefaultInstance();
  private static final String PORT = "mall.services.notes.port";

  /** Every service shows a certificate, callers too. */
  public static class Encrypted implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      ServerCertificate made = certificate();
      return Map.of(
          "mall.grpc.tls.certificate", made.certificate().toString(),
          "mall.grpc.tls.key", made.key().toString(),
          "mall.grpc.tls.ca", made.authority().toString(),
          "mall.grpc.tls.client-auth", "required",
          "quarkus.grpc.clients.notes.ssl.trust-store", made.authority().toString(),
          "quarkus.grpc.clients.notes.ssl.certificate", made.certificate().toString(),
          "quarkus.grpc.clients.notes.ssl.key", made.key().toString(),
          "quarkus.grpc.server.handshake-timeout", "1S");
    }
  }

  @Inject Config config;
  @Inject OutboxConfig outbox;
  @Inject OutgoingCallInterceptor interceptor;
  @Inject GrpcTls tls;
  @Inject Jobs jobs;

  @Test
  void whoHasACertificateOfTheAuthorityIsHeardAndHears() throws Exception {
    assertEquals("ANONYMOUS:", call(context()).getCaller());
    // From here to there by the client that Quarkus injects.
    ManagedChannel channel = open(context());
    try {
      assertEquals(
          "ANONYMOUS:", NoteBookGrpc.newBlockingStub(channel).whoAmIThere(WHO).getCaller());
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void eventsTravelEncryptedToo() {
    System.setProperty(PORT, Integer.toString(TestGrpc.port()));
    GrpcEventTransport transport = new GrpcEventTransport(config, outbox, interceptor, tls);
    Event unknown = Event.newBuilder().setEventId(Ids.next().toString()).setType("nothing").build();
    assertEquals(
        1,
        jobs.run(() -> transport.deliver("notes", List.of(unknown)))
            .await()
            .atMost(Duration.ofSeconds(10))
            .size());
    System.clearProperty(PORT);
  }

  @Test
  void inClearWithoutACertificateOrWithAStrangersNobodyIsHeard() throws Exception {
    ManagedChannel clear =
        NettyChannelBuilder.forAddress("localhost", TestGrpc.port()).usePlaintext().build();
    try {
      unavailable(() -> NoteBookGrpc.newBlockingStub(clear).whoAmI(WHO));
    } finally {
      clear.shutdownNow();
    }
    unavailable(() -> call(GrpcSslContexts.forClient().trustManager(file("ca"))));
    ServerCertificate stranger = certificate();
    unavailable(
        () ->
            call(
                GrpcSslContexts.forClient()
                    .trustManager(file("ca"))
                    .keyManager(stranger.certificate().toFile(), stranger.key().toFile())));
    unavailable(
        () ->
            call(
                GrpcSslContexts.forClient()
                    .trustManager(stranger.authority().toFile())
                    .keyManager(file("certificate"), file("key"))));
  }

  @Test
  @Timeout(20)
  void whoSaysNothingIsNotWaitedFor() throws IOException {
    try (Socket socket = new Socket("localhost", TestGrpc.port())) {
      socket.setSoTimeout(15_000);
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void aPartOfTheConfigurationIsRefused() {
    Optional<Path> some = Optional.of(Path.of("some.pem"));
    assertThrows(ConfigurationException.class, () -> new GrpcTls(some, some, Optional.empty()));
    assertThrows(
        ConfigurationException.class, () -> new GrpcTls(Optional.empty(), Optional.empty(), some));
  }

  private static void unavailable(org.junit.jupiter.api.function.Executable call) {
    StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, call);
    assertEquals(Status.Code.UNAVAILABLE, failure.getStatus().getCode(), failure.toString());
  }

  private SslContextBuilder context() {
    return GrpcSslContexts.forClient()
        .trustManager(file("ca"))
        .keyManager(file("certificate"), file("key"));
  }

  private File file(String name) {
    return new File(config.getValue("mall.grpc.tls." + name, String.class));
  }

  private static WhoAmIResponse call(SslContextBuilder context) throws Exception {
    ManagedChannel channel = open(context);
    try {
      return NoteBookGrpc.newBlockingStub(channel)
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .whoAmI(WHO);
    } finally {
      channel.shutdownNow();
    }
  }

  private static ManagedChannel open(SslContextBuilder context) throws Exception {
    return NettyChannelBuilder.forAddress("localhost", TestGrpc.port())
        .sslContext(context.build())
        .build();
  }

  private static ServerCertificate certificate() {
    try {
      return ServerCertificate.in(Files.createTempDirectory("mall-tls"), "localhost");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
