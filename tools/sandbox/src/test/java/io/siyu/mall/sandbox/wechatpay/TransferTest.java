package io.siyu.mall.sandbox.wechatpay;

import static io.siyu.mall.sandbox.wechatpay.PaymentTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.annotations.SerializedName;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.util.GsonUtil;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
  private static final String BILLS =
      "https://api.mch.weixin.qq.com/v3/fund-app/mch-transfer/transfer-bills";

  /** What transfers answer, and what is told about them; the SDK has no model of its own. */
  static final class Bill {
    @SerializedName("out_bill_no")
    String outBillNo;

    @SerializedName("transfer_bill_no")
    String transferBillNo;

    @SerializedName("transfer_amount")
    Long transferAmount;

    @SerializedName("package_info")
    String packageInfo;

    @SerializedName("fail_reason")
    String failReason;

    @SerializedName("user_name")
    String userName;

    @SerializedName("mch_id")
    String mchId;

    String state;
    String openid;
  }

  private volatile Instant now = Instant.now();
  Sandbox sandbox;
  SandboxClient control;
  Receiver receiver;
  Merchant merchant;

  @BeforeEach
  void open() throws IOException {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    sandbox = Worlds.start(config -> config.withClock(clock));
    control = sandbox.client();
    receiver = new Receiver();
    merchant = new Merchant(sandbox.url(), receiver.url("/transferred"), control.openid("阿芳"));
  }

  @AfterEach
  void close() {
    receiver.close();
    sandbox.close();
  }

  @Test
  void aTransferFromRequestToNotification() {
    String number = Merchant.number("W");
    Bill created = create(terms(number, 5_000));
    assertThat(created.state).isEqualTo("WAIT_USER_CONFIRM");
    assertThat(created.packageInfo).isNotEmpty();
    assertThat(query(number).packageInfo).isNull();
    assertThatThrownBy(() -> control.confirmTransfer(number, "another"))
        .hasMessageContaining("PACKAGE_INFO");

    control.confirmTransfer(number);
    await().until(() -> query(number).state.equals("SUCCESS"));
    Bill told = awaitNotification();
    assertThat(told.outBillNo).isEqualTo(number);
    assertThat(told.state).isEqualTo("SUCCESS");
    assertThat(told.transferAmount).isEqualTo(5_000);
    assertThat(told.openid).isEqualTo(merchant.openid);
    assertThat(told.mchId).isEqualTo(Worlds.KEYS.merchantId());
    assertThat(receiver.received.get(0).body()).contains("MCHTRANSFER.BILL.FINISHED");
    Bill byBillNo = get(BILLS + "/transfer-bill-no/" + created.transferBillNo);
    assertThat(byBillNo.outBillNo).isEqualTo(number);
    assertThatThrownBy(() -> control.confirmTransfer(number)).hasMessageContaining("SUCCESS");
  }

  @Test
  void theSameNumberIsTheSameTransfer() {
    Map<String, Object> terms = terms(Merchant.number("W"), 250_000);
    terms.put("user_name", encrypt("王芳"));
    Bill first = create(terms);
    terms.put("user_name", encrypt("王芳"));
    Bill again = create(terms);
    assertThat(again.transferBillNo).isEqualTo(first.transferBillNo);
    assertThat(again.packageInfo).isEqualTo(first.packageInfo);
    terms.put("user_name", encrypt("李芳"));
    assertRefused(() -> create(terms), 400, "INVALID_REQUEST");
    terms.put("user_name", encrypt("王芳"));
    terms.put("transfer_amount", 250_001);
    assertRefused(() -> create(terms), 400, "INVALID_REQUEST");
    Bill queried = query(first.outBillNo);
    assertThat(merchant.config.createDecryptor().decrypt(queried.userName)).isEqualTo("王芳");
  }

  @Test
  void aNameIsGivenEncryptedIfAndOnlyIfItMayBe() {
    assertRefused(() -> create(terms(Merchant.number("W"), 200_000)), 400, "PARAM_ERROR");
    create(terms(Merchant.number("W"), 199_999));
    Map<String, Object> plain = terms(Merchant.number("W"), 200_000);
    plain.put("user_name", "王芳");
    assertRefused(() -> create(plain), 400, "PARAM_ERROR");
    Map<String, Object> small = terms(Merchant.number("W"), 29);
    small.put("user_name", encrypt("王芳"));
    assertRefused(() -> create(small), 400, "PARAM_ERROR");
  }

  @Test
  void anotherNameThanTheVerifiedOneFails() {
    control.persona("阿芳", null, "王芳");
    Map<String, Object> terms = terms(Merchant.number("W"), 200_000);
    terms.put("user_name", encrypt("李芳"));
    Bill bill = create(terms);
    control.confirmTransfer(bill.outBillNo);
    await().until(() -> query(bill.outBillNo).state.equals("FAIL"));
    assertThat(query(bill.outBillNo).failReason).isEqualTo("NAME_NOT_CORRECT");
    assertThat(awaitNotification().failReason).isEqualTo("NAME_NOT_CORRECT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"W-1", "提现1", "W23456789012345678901234567890123", "W 1"})
  void refusesWrongNumbers(String number) {
    assertRefused(() -> create(terms(number, 100)), 400, "PARAM_ERROR");
  }

  @Test
  void refusesWhatTheSceneDoesNotAllow() {
    assertTermsRefused("transfer_scene_id", "1002", "INVALID_REQUEST");
    assertTermsRefused("user_recv_perception", "随便", "INVALID_REQUEST");
    assertTermsRefused("transfer_scene_report_infos", List.of(), "PARAM_ERROR");
    assertTermsRefused("transfer_scene_report_infos", List.of(info("岗位类型", "推广员")), "PARAM_ERROR");
    assertTermsRefused(
        "transfer_scene_report_infos",
        List.of(info("岗位类型", "推广员"), info("活动名称", "佣金")),
        "PARAM_ERROR");
    assertTermsRefused("transfer_amount", 9, "PARAM_ERROR");
    assertTermsRefused("transfer_amount", 2_000_001, "PARAM_ERROR");
    assertTermsRefused("transfer_amount", "100", "PARAM_ERROR");
    assertTermsRefused("transfer_remark", "", "PARAM_ERROR");
    assertTermsRefused("transfer_remark", "长".repeat(33), "PARAM_ERROR");
    assertTermsRefused("openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "PARAM_ERROR");
    assertTermsRefused("notify_url", "http://example.com/", "PARAM_ERROR");
    assertTermsRefused("appid", "wx0000000000000000", "INVALID_REQUEST");
  }

  @Test
  void whatIsNotConfirmedCanBeCancelled() {
    String number = Merchant.number("W");
    create(terms(number, 100));
    assertThat(cancel(number).state).isEqualTo("CANCELING");
    await().until(() -> query(number).state.equals("CANCELLED"));
    assertThat(awaitNotification().state).isEqualTo("CANCELLED");
    assertThat(cancel(number).state).isEqualTo("CANCELLED");
    assertThatThrownBy(() -> control.confirmTransfer(number)).hasMessageContaining("CANCELLED");

    String paid = Merchant.number("W");
    create(terms(paid, 100));
    control.confirmTransfer(paid);
    assertRefused(() -> cancel(paid), 400, "INVALID_REQUEST");
    assertRefused(() -> cancel("unknown1"), 404, "NOT_FOUND");
    assertRefused(() -> query("unknown1"), 404, "NOT_FOUND");
  }

  @Test
  void whatIsNotConfirmedInADayFails() {
    String number = Merchant.number("W");
    create(terms(number, 100));
    now = now.plus(Duration.ofHours(24).minusSeconds(1));
    assertThat(control.transfers().get(0).get("state").textValue()).isEqualTo("WAIT_USER_CONFIRM");
    now = now.plusSeconds(1);
    assertThat(control.transfers().get(0).get("state").textValue()).isEqualTo("FAIL");
    now = Instant.now(); // The SDK signs with the real time.
    assertThat(query(number).state).isEqualTo("FAIL");
    assertThat(query(number).failReason).isEqualTo("OVERDUE_CLOSE");
    assertThat(awaitNotification().state).isEqualTo("FAIL");
    assertThat(create(terms(number, 100)).state).isEqualTo("FAIL");
  }

  @Test
  void aTransferMayTakeTimeToBeAccepted() {
    control.misbehave(
        Json.object(
            "operation",
            "wechat-pay.transfer-acceptance",
            "kind",
            "DELAY",
            "remaining",
            1,
            "delayMillis",
            300));
    String number = Merchant.number("W");
    Map<String, Object> terms = terms(number, 100);
    Bill created = create(terms);
    assertThat(created.state).isEqualTo("ACCEPTED");
    assertThat(created.packageInfo).isNull();
    assertThatThrownBy(() -> control.confirmTransfer(number)).hasMessageContaining("ACCEPTED");
    await().until(() -> query(number).state.equals("WAIT_USER_CONFIRM"));
    control.confirmTransfer(number, create(terms).packageInfo);
  }

  @Test
  void aTransferFailsAsTold() {
    String number = Merchant.number("W");
    create(terms(number, 100));
    control.misbehave(
        Json.object(
            "operation", "wechat-pay.transfer-result",
            "kind", "FAIL",
            "remaining", 1,
            "code", "ACCOUNT_FROZEN"));
    control.confirmTransfer(number);
    await().until(() -> query(number).state.equals("FAIL"));
    assertThat(query(number).failReason).isEqualTo("ACCOUNT_FROZEN");

    String other = Merchant.number("W");
    create(terms(other, 100));
    control.failTransfer(other, "TRANSFER_RISK");
    assertThat(query(other).failReason).isEqualTo("TRANSFER_RISK");
    assertThatThrownBy(() -> control.failTransfer(other, "AGAIN")).hasMessageContaining("FAIL");
  }

  private Map<String, Object> terms(String number, long fen) {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("appid", Worlds.KEYS.appId());
    terms.put("out_bill_no", number);
    terms.put("transfer_scene_id", "1005");
    terms.put("openid", merchant.openid);
    terms.put("transfer_amount", fen);
    terms.put("transfer_remark", "9月推广佣金");
    terms.put("notify_url", merchant.notifyUrl);
    terms.put("user_recv_perception", "劳务报酬");
    terms.put("transfer_scene_report_infos", List.of(info("岗位类型", "推广员"), info("报酬说明", "9月推广佣金")));
    return terms;
  }

  private static Map<String, String> info(String type, String content) {
    return Map.of("info_type", type, "info_content", content);
  }

  private void assertTermsRefused(String field, Object value, String code) {
    Map<String, Object> terms = terms(Merchant.number("W"), 100);
    terms.put(field, value);
    assertRefused(() -> create(terms), 400, code);
  }

  private String encrypt(String name) {
    return merchant.config.createEncryptor().encrypt(name);
  }

  private Bill create(Map<String, Object> terms) {
    return post(BILLS, GsonUtil.toJson(terms));
  }

  private Bill cancel(String number) {
    return post(BILLS + "/out-bill-no/" + number + "/cancel", "{}");
  }

  private Bill query(String number) {
    return get(BILLS + "/out-bill-no/" + number);
  }

  private Bill post(String url, String body) {
    HttpRequest request =
        new HttpRequest.Builder()
            .httpMethod(HttpMethod.POST)
            .url(url)
            .addHeader("Accept", "application/json")
            .addHeader("Content-Type", "application/json")
            .body(new JsonRequestBody.Builder().body(body).build())
            .build();
    return merchant.http.execute(request, Bill.class).getServiceResponse();
  }

  private Bill get(String url) {
    HttpRequest request =
        new HttpRequest.Builder()
            .httpMethod(HttpMethod.GET)
            .url(url)
            .addHeader("Accept", "application/json")
            .build();
    return merchant.http.execute(request, Bill.class).getServiceResponse();
  }

  private Bill awaitNotification() {
    await().until(() -> !receiver.received.isEmpty());
    return merchant.parser().parse(receiver.received.get(0).param(), Bill.class);
  }
}
