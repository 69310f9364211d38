package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.members;
import static io.siyu.mall.membership.rpc.Calls.refresh;
import static io.siyu.mall.membership.rpc.Calls.requestId;
import static io.siyu.mall.membership.rpc.Calls.sessions;
import static io.siyu.mall.membership.rpc.Calls.signInRequest;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.membership.Neighbours;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.membership.v1.BindPhoneRequest;
import io.siyu.mall.proto.membership.v1.ConfirmMergeRequestRequest;
import io.siyu.mall.proto.membership.v1.MergesGrpc;
import io.siyu.mall.proto.membership.v1.SaveAddressRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.SignInRequest;
import io.siyu.mall.sandbox.SandboxClient;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** Planted values must not be found in logs and events, whatever goes well or wrong. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class PrivacyRpcTest {

  private static final String PHONE = "13655557777";
  private static final String NAME = "埋名隐";
  private static final String DETAIL = "埋址路 77 号";

  @Inject RecordedEvents events;

  private final SandboxClient weChat = MembershipEnvironment.weChat();

  @Test
  void plantedValuesAreNotFoundInLogsAndEvents() {
    List<String> planted = new ArrayList<>(List.of(PHONE, NAME, DETAIL));
    List<String> logged = recorded(() -> live(planted));
    assertTrue(planted.size() > 8);
    await().until(() -> !events.deliveries().isEmpty());
    for (String value : planted) {
      logged.forEach(line -> assertFalse(line.contains(value), "logged: " + line));
      events
          .deliveries()
          .forEach(d -> assertFalse(d.event().toString().contains(value), "told: " + value));
    }
  }

  @Test
  void theRecorderWouldFindThem() {
    List<String> logged =
        recorded(() -> org.jboss.logging.Logger.getLogger("io.siyu.mall.x").infof("the %s", PHONE));
    assertTrue(logged.stream().anyMatch(line -> line.contains(PHONE)));
  }

  private void live(List<String> planted) {
    String persona = Calls.persona();
    weChat.persona(persona, PHONE, NAME);
    planted.add(weChat.openid(persona));
    SignInRequest signIn = signInRequest(persona).build();
    Session session = sessions().signIn(signIn);
    planted.addAll(List.of(signIn.getCode(), session.getAccessToken(), session.getRefreshToken()));
    fails(() -> sessions().signIn(signIn.toBuilder().setRequestId(requestId()).build()));

    String phoneCode = weChat.phoneCode(persona);
    planted.add(phoneCode);
    members(session).bindPhone(bind(phoneCode));
    fails(() -> members(session).bindPhone(bind(phoneCode)));
    String twin = Calls.persona();
    weChat.persona(twin, PHONE, NAME);
    Session other = sessions().signIn(signInRequest(twin).build());
    Neighbours.running().ordered(session.getMember().getMemberId());
    Neighbours.running().ordered(other.getMember().getMemberId());
    String asked = members(other).bindPhone(bind(weChat.phoneCode(twin))).getMergeRequestId();
    TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), MergesGrpc::newBlockingStub)
        .confirmMergeRequest(
            ConfirmMergeRequestRequest.newBuilder()
                .setRequestId(requestId())
                .setMergeRequestId(asked)
                .setSurvivorMemberId(session.getMember().getMemberId())
                .setReason("同一人")
                .build());

    SaveAddressRequest save =
        SaveAddressRequest.newBuilder()
            .setRequestId(requestId())
            .setAddress(Calls.address().setPhone(PHONE).setReceiverName(NAME).setDetail(DETAIL))
            .build();
    members(session).saveAddress(save);
    fails(
        () ->
            members(session)
                .saveAddress(
                    save.toBuilder()
                        .setRequestId(requestId())
                        .setAddress(save.getAddress().toBuilder().setPhone(PHONE + "0"))
                        .build()));

    Session next = sessions().refreshSession(refresh(requestId(), session.getRefreshToken()));
    planted.add(next.getRefreshToken());
    fails(() -> sessions().refreshSession(refresh(requestId(), session.getRefreshToken())));
    for (String kind : List.of("NONSENSE", "DROP")) {
      weChat.misbehave("wechat.*", kind, 10);
      SignInRequest again = signInRequest(persona).build();
      planted.add(again.getCode());
      fails(() -> sessions().signIn(again));
      fails(() -> members(next).bindPhone(bind(weChat.phoneCode(persona))));
      weChat.reset();
    }
  }

  private static BindPhoneRequest bind(String code) {
    return BindPhoneRequest.newBuilder().setRequestId(requestId()).setPhoneCode(code).build();
  }

  private static void fails(org.junit.jupiter.api.function.Executable call) {
    org.junit.jupiter.api.Assertions.assertThrows(StatusRuntimeException.class, call);
  }

  private static List<String> recorded(Runnable action) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            StringWriter text = new StringWriter();
            text.append(ExtLogRecord.wrap(entry).getFormattedMessage());
            if (entry.getThrown() != null) {
              entry.getThrown().printStackTrace(new PrintWriter(text));
            }
            lines.add(text.toString());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      action.run();
    } finally {
      root.removeHandler(handler);
    }
    return lines;
  }
}
