package io.siyu.mall.gateway.upstream;

import com.google.protobuf.Descriptors;
import io.grpc.MethodDescriptor;
import java.util.Set;

/**
 * What kind of call a method of the contract is; by its shape and name, so that a new one is known
 * too.
 */
final class Calls {

  private static final Set<String> BULK =
      Set.of("Reconcile", "VerifyOrders", "ListOrderFacts", "StartImport");
  private static final Set<String> READS = Set.of("Get", "List", "Quote", "Preview", "Explain");

  /** A used refresh token that comes again ends the session: never sent twice. */
  private static final String SESSIONS = "mall.membership.v1.Sessions";

  private Calls() {}

  static boolean isBulk(String method) {
    return BULK.contains(method);
  }

  static boolean isRead(String method) {
    return READS.stream().anyMatch(method::startsWith);
  }

  /** Whether sending it twice does what sending it once does. */
  static boolean isRepeatable(Descriptors.MethodDescriptor method) {
    if (method.isClientStreaming() || method.getService().getFullName().equals(SESSIONS)) {
      return false;
    }
    return isRead(method.getName())
        || isBulk(method.getName())
        || method.getInputType().findFieldByName("request_id") != null;
  }

  static boolean isBulk(MethodDescriptor<?, ?> method) {
    return isBulk(method.getBareMethodName());
  }

  static boolean isRead(MethodDescriptor<?, ?> method) {
    return isRead(method.getBareMethodName());
  }
}
