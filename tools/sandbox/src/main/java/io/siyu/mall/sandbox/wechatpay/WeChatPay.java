package io.siyu.mall.sandbox.wechatpay;

import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.http.Route;
import io.siyu.mall.sandbox.platform.Credentials;
import io.siyu.mall.sandbox.platform.Platform;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.wechat.Personas;
import java.util.ArrayList;
import java.util.List;

/** WeChat Pay APIv3, in its public key mode: JSAPI payments, refunds, transfers to users. */
public final class WeChatPay implements Platform {
  private static final String ORDER = "/v3/pay/transactions/out-trade-no/{out_trade_no}";
  private static final String REFUND = "/v3/refund/domestic/refunds";
  private static final String TRANSFER = "/v3/fund-app/mch-transfer/transfer-bills";

  private final Credentials credentials;
  private final PayProtocol protocol;
  private final Notifier notifier;
  private final Payments payments;
  private final Refunds refunds;
  private final Transfers transfers;

  /**
   * @param personas whose openids are valid
   */
  public WeChatPay(World world, Personas personas) {
    credentials = world.credentials();
    protocol = new PayProtocol(credentials, world.clock());
    notifier = new Notifier(world, protocol);
    payments = new Payments(world, personas, notifier);
    refunds = new Refunds(world, payments, notifier);
    transfers = new Transfers(world, personas, notifier);
    world.misbehaviours().declareResult(Refunds.RESULT);
    world.misbehaviours().declareResult(Transfers.RESULT);
    world.misbehaviours().declareDelay(Transfers.ACCEPTANCE);
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(api("POST", "/v3/pay/transactions/jsapi", "prepay", this::prepay));
    routes.add(api("GET", ORDER, "query", this::query));
    routes.add(api("GET", "/v3/pay/transactions/id/{transaction_id}", "query", this::queryById));
    routes.add(api("POST", ORDER + "/close", "close", this::close));
    routes.add(api("POST", REFUND, "refund", r -> refund(refunds.create(Fields.of(r)))));
    routes.add(
        api(
            "GET",
            REFUND + "/{out_refund_no}",
            "refund-query",
            r -> refund(refunds.byNumber(r.variable("out_refund_no")))));
    routes.add(
        api(
            "POST",
            REFUND + "/{refund_id}/apply-abnormal-refund",
            "abnormal-refund",
            r -> refund(refunds.redirect(r))));
    routes.add(
        api("POST", TRANSFER, "transfer", r -> Answer.ok(transfers.creation(transfers.create(r)))));
    routes.add(
        api(
            "GET",
            TRANSFER + "/out-bill-no/{out_bill_no}",
            "transfer-query",
            r -> Answer.ok(transfers.view(transfers.byNumber(r.variable("out_bill_no"))))));
    routes.add(
        api(
            "GET",
            TRANSFER + "/transfer-bill-no/{transfer_bill_no}",
            "transfer-query",
            r ->
                Answer.ok(
                    transfers.view(transfers.byTransferBillNo(r.variable("transfer_bill_no"))))));
    routes.add(
        api(
            "POST",
            TRANSFER + "/out-bill-no/{out_bill_no}/cancel",
            "transfer-cancel",
            r -> Answer.ok(transfers.cancellation(transfers.cancel(r.variable("out_bill_no"))))));
    routes.addAll(new PayControl(credentials, payments, refunds, transfers, notifier).routes());
    return routes;
  }

  @Override
  public void resume() {
    refunds.resume();
    transfers.resume();
    notifier.resume();
  }

  private Route api(String method, String path, String operation, Route.Handler handler) {
    return new Route(method, path, "wechat-pay." + operation, protocol, handler);
  }

  private Answer prepay(Request request) {
    return Answer.ok(Json.object("prepay_id", payments.prepay(Fields.of(request))));
  }

  private Answer query(Request request) {
    checkMerchant(request.parameter("mchid"));
    return Answer.ok(payments.transaction(payments.byOutTradeNo(request.variable("out_trade_no"))));
  }

  private Answer queryById(Request request) {
    checkMerchant(request.parameter("mchid"));
    return Answer.ok(
        payments.transaction(payments.byTransactionId(request.variable("transaction_id"))));
  }

  private Answer close(Request request) {
    checkMerchant(Fields.of(request).text("mchid", 32));
    payments.close(request.variable("out_trade_no"));
    return Answer.noContent();
  }

  private Answer refund(Refund refund) {
    return Answer.ok(refunds.view(refund));
  }

  private void checkMerchant(String merchantId) {
    if (!credentials.merchantId().equals(merchantId)) {
      throw new Refusal(400, "MCH_NOT_EXISTS", "商户号不存在或与请求的商户号不一致");
    }
  }
}
