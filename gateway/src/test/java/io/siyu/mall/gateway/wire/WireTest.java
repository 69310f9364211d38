package io.siyu.mall.gateway.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.siyu.mall.proto.common.v1.Channel;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.common.v1.Money;
import io.siyu.mall.proto.cps.v1.ClaimState;
import io.siyu.mall.proto.cps.v1.CpsOrderState;
import io.siyu.mall.proto.cps.v1.StatementDifference;
import io.siyu.mall.proto.cps.v1.StatementState;
import io.siyu.mall.proto.cps.v1.SyncState;
import io.siyu.mall.proto.distributor.v1.Binding;
import io.siyu.mall.proto.distributor.v1.Bucket;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.Level;
import io.siyu.mall.proto.distributor.v1.NameCorrection;
import io.siyu.mall.proto.distributor.v1.RuleScope;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.proto.distributor.v1.Source;
import io.siyu.mall.proto.distributor.v1.WithdrawalDecision;
import io.siyu.mall.proto.distributor.v1.WithdrawalState;
import io.siyu.mall.proto.membership.v1.BindPhoneResponse;
import io.siyu.mall.proto.membership.v1.MergeRequest;
import io.siyu.mall.proto.membership.v1.SignInProvider;
import io.siyu.mall.proto.order.v1.AfterSaleKind;
import io.siyu.mall.proto.order.v1.AfterSaleState;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.PaymentState;
import io.siyu.mall.proto.order.v1.Provider;
import io.siyu.mall.proto.order.v1.RefundState;
import io.siyu.mall.proto.order.v1.TradeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {

  private static final Map<String, Pair> WIRE =
      Map.ofEntries(
          Map.entry("OrderState", new Pair(OrderState.class, "")),
          Map.entry("TradeState", new Pair(TradeState.class, "TRADE_")),
          Map.entry("PaymentState", new Pair(PaymentState.class, "PAYMENT_")),
          Map.entry("RefundState", new Pair(RefundState.class, "REFUND_")),
          Map.entry("PaymentProvider", new Pair(Provider.class, "")),
          Map.entry("AfterSaleKind", new Pair(AfterSaleKind.class, "")),
          Map.entry("AfterSaleState", new Pair(AfterSaleState.class, "CASE_")),
          Map.entry("WithdrawalState", new Pair(WithdrawalState.class, "WITHDRAWAL_")),
          Map.entry("WithdrawalDecisionKind", new Pair(WithdrawalDecision.Kind.class, "")),
          Map.entry("DistributorState", new Pair(DistributorState.class, "")),
          Map.entry("CommissionLevel", new Pair(Level.class, "")),
          Map.entry("CommissionSource", new Pair(Source.class, "")),
          Map.entry("NameCorrectionState", new Pair(NameCorrection.State.class, "")),
          Map.entry("MemberMergeState", new Pair(MergeRequest.State.class, "")),
          Map.entry("PhoneOutcome", new Pair(BindPhoneResponse.Outcome.class, "")),
          Map.entry("LedgerBucket", new Pair(Bucket.class, "")),
          Map.entry("AttributionReason", new Pair(LineAttribution.Reason.class, "")),
          Map.entry("ShareChannel", new Pair(Channel.class, "")),
          Map.entry("ShareTargetType", new Pair(ShareTarget.Type.class, "")),
          Map.entry("TouchTargetType", new Pair(ShareTarget.Type.class, "")),
          Map.entry("BindingMode", new Pair(Binding.Mode.class, "")),
          Map.entry("RuleScopeType", new Pair(RuleScope.Type.class, "")),
          Map.entry("SignInProvider", new Pair(SignInProvider.class, "")),
          Map.entry("CpsPlatform", new Pair(io.siyu.mall.proto.cps.v1.Platform.class, "")),
          Map.entry("CpsOrderState", new Pair(CpsOrderState.class, "")),
          Map.entry("CpsSyncState", new Pair(SyncState.class, "SYNC_")),
          Map.entry("CpsClaimState", new Pair(ClaimState.class, "CLAIM_")),
          Map.entry("CpsStatementState", new Pair(StatementState.class, "STATEMENT_")),
          Map.entry("CpsDifferenceKind", new Pair(StatementDifference.Kind.class, "")),
          Map.entry("CpsDifferenceReason", new Pair(StatementDifference.Reason.class, "")),
          Map.entry(
              "BrandState", new Pair(io.siyu.mall.proto.catalog.v1.BrandState.class, "BRAND_")),
          Map.entry("ProductState", new Pair(io.siyu.mall.proto.catalog.v1.ProductState.class, "")),
          Map.entry(
              "ProductSort",
              new Pair(io.siyu.mall.proto.catalog.v1.ListProductsRequest.Sort.class, "")),
          Map.entry(
              "ImportState",
              new Pair(io.siyu.mall.proto.catalog.v1.CatalogImport.State.class, "")));

  private record Pair(Class<? extends Enum<?>> wire, String prefix) {}

  static Stream<Class<?>> enumsOfTheApi() {
    List<Class<?>> enums = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                "io.siyu.mall.gateway.shop",
                "io.siyu.mall.gateway.partner",
                "io.siyu.mall.gateway.admin")) {
      if (type.isEnum()) {
        enums.add(type.reflect());
      }
    }
    return enums.stream();
  }

  /** Every value there and back, so that neither side can grow without the other. */
  @ParameterizedTest
  @MethodSource("enumsOfTheApi")
  @SuppressWarnings({"unchecked", "rawtypes"})
  void everyValueHasItsPartner(Class<?> api) {
    Pair pair = WIRE.get(api.getSimpleName());
    assertFalse(pair == null, api + " is not in the table");
    Enum<?>[] wire = pair.wire().getEnumConstants();
    int known = 0;
    for (Enum<?> value : wire) {
      Enum<?> read = Wire.read((Class) api, value, pair.prefix());
      boolean none = value.ordinal() == 0 || value.name().equals("UNRECOGNIZED");
      assertEquals(none, read == null, value.name());
      if (!none) {
        assertEquals(value, Wire.write((Class) pair.wire(), read, pair.prefix()));
        known++;
      }
    }
    assertEquals(api.getEnumConstants().length, known);
    assertEquals(wire[0], Wire.write((Class) pair.wire(), null, pair.prefix()));
  }

  @Test
  void moneyIsFenOrNothing() {
    assertEquals(5, Fen.of(Fen.money(5)));
    assertEquals(0, Fen.of(Money.getDefaultInstance()));
    assertThrows(
        IllegalStateException.class,
        () -> Fen.of(Money.newBuilder().setCurrencyCode("USD").setMinorUnits(5).build()));
  }

  @Test
  void emptyTextIsAbsent() {
    assertNull(Wire.text(""));
    assertEquals("x", Wire.text("x"));
    assertEquals("", Wire.orEmpty(null));
  }
}
