package io.siyu.mall.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.siyu.mall.gateway.testing.FakeServices;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallsTest {

  @Test
  void onlyWhatCarriesNoRequestIdIsSentOnce() {
    Set<String> once =
        RepeatUnavailable.FILES.stream()
            .flatMap(file -> file.getServices().stream())
            .flatMap(service -> service.getMethods().stream())
            .filter(method -> !Calls.isRepeatable(method))
            .map(MethodDescriptor::getName)
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            // Between services alone.
            "Deliver",
            "Attribute",
            "ResolveSellers",
            "RecallSellers",
            "HasOrders",
            "HasSeat",
            // Each reading is kept.
            "ReadNames",
            "StartImport",
            "HandleNotification",
            "HandleTransferNotification",
            "SignIn",
            "RefreshSession",
            "SignOut"),
        once);
  }

  @Test
  void everyServiceOfTheContractIsKnownToTheRuleOfRepeats() {
    Set<String> known =
        RepeatUnavailable.FILES.stream()
            .flatMap(file -> file.getServices().stream())
            .map(ServiceDescriptor::getFullName)
            .collect(Collectors.toSet());
    Set<String> contract =
        FakeServices.contract().stream()
            .map(io.grpc.ServiceDescriptor::getName)
            .collect(Collectors.toSet());
    contract.removeAll(known);
    assertEquals(Set.of(), contract);
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
