package io.siyu.mall.membership.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.StatusRuntimeException;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.platform.error.RemoteError;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.membership.v1.MembersGrpc.MembersBlockingStub;
import io.siyu.mall.proto.membership.v1.RefreshSessionRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.SessionsGrpc;
import io.siyu.mall.proto.membership.v1.SessionsGrpc.SessionsBlockingStub;
import io.siyu.mall.proto.membership.v1.SignInProvider;
import io.siyu.mall.proto.membership.v1.SignInRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** What the tests of this service say again and again. */
final class Calls {

  private Calls() {}

  static SessionsBlockingStub sessions() {
    return TestGrpc.anonymous(SessionsGrpc::newBlockingStub);
  }

  static MembersBlockingStub members(String token) {
    return TestGrpc.as(token, MembersGrpc::newBlockingStub);
  }

  static MembersBlockingStub members(Session session) {
    return members(session.getAccessToken());
  }

  static String requestId() {
    return UUID.randomUUID().toString();
  }

  /** Somebody nobody knows yet. */
  static String persona() {
    return "p-" + UUID.randomUUID();
  }

  static SignInRequest.Builder signInRequest(String persona) {
    return SignInRequest.newBuilder()
        .setRequestId(requestId())
        .setProvider(SignInProvider.WECHAT_MINI)
        .setCode(MembershipEnvironment.weChat().loginCode(persona));
  }

  static Session signIn(String persona) {
    return sessions().signIn(signInRequest(persona).build());
  }

  /** A new member. */
  static Session signIn() {
    return signIn(persona());
  }

  static RefreshSessionRequest refresh(String requestId, String token) {
    return RefreshSessionRequest.newBuilder()
        .setRequestId(requestId)
        .setRefreshToken(token)
        .build();
  }

  static Address.Builder address() {
    return Address.newBuilder()
        .setReceiverName("王小明")
        .setPhone("13812345678")
        .setProvince("上海市")
        .setCity("上海市")
        .setDistrict("徐汇区")
        .setDetail("漕溪北路 18 号 302 室");
  }

  /** The call is refused with the reason. */
  static RemoteError refused(String reason, Executable call) {
    StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, call, reason);
    RemoteError error = RemoteErrors.from(failure);
    assertEquals(reason, error.reason(), failure.toString());
    return error;
  }

  /** Runs the calls at the same moment. */
  static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    CyclicBarrier start = new CyclicBarrier(calls.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> call : calls) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(30, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
