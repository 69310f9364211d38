package io.siyu.mall.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.siyu.mall.proto.catalog.v1.CatalogOuterClass;
import io.siyu.mall.proto.distributor.v1.LedgerOuterClass;
import io.siyu.mall.proto.membership.v1.Membership;
import io.siyu.mall.proto.order.v1.OrderOuterClass;
import io.siyu.mall.proto.order.v1.PaymentOuterClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallsTest {

  private static final List<FileDescriptor> FILES =
      List.of(
          CatalogOuterClass.getDescriptor(),
          OrderOuterClass.getDescriptor(),
          PaymentOuterClass.getDescriptor(),
          LedgerOuterClass.getDescriptor(),
          Membership.getDescriptor());

  @Test
  void onlyWhatCarriesNoRequestIdIsSentOnce() {
    Set<String> once =
        FILES.stream()
            .flatMap(file -> file.getServices().stream())
            .flatMap(service -> service.getMethods().stream())
            .filter(method -> !Calls.isRepeatable(method))
            .map(MethodDescriptor::getName)
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "StartImport",
            "HandleNotification",
            "HandleTransferNotification",
            "SignIn",
            "RefreshSession",
            "SignOut"),
        once);
  }

  @Test
  void readsAndBulkAreKnownByName() {
    assertTrue(Calls.isRead("GetOrder"));
    assertTrue(Calls.isRead("ExplainCommission"));
    assertFalse(Calls.isRead("PlaceTrade"));
    assertTrue(Calls.isBulk("VerifyOrders"));
    assertFalse(Calls.isBulk("GetOrder"));
  }
}
