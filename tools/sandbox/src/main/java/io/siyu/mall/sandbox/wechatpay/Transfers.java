package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.control.Misbehaviour;
import io.siyu.mall.sandbox.control.Misbehaviour.Kind;
import io.siyu.mall.sandbox.control.Spell;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.state.Table;
import io.siyu.mall.sandbox.wechat.Personas;
import io.siyu.mall.sandbox.wechatpay.Transfer.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Transfers to users, which the user has to confirm. */
final class Transfers {
  static final String NOTIFY = "wechat-pay.notify.transfer";
  static final String RESULT = "wechat-pay.transfer-result";
  static final String ACCEPTANCE = "wechat-pay.transfer-acceptance";
  private static final Duration CONFIRMABLE = Duration.ofHours(24);

  private final World world;
  private final Clock clock;
  private final Personas personas;
  private final TransferRules rules;
  private final Notifier notifier;
  private final Table<Transfer> transfers;

  Transfers(World world, Personas personas, Notifier notifier) {
    this.world = world;
    this.clock = world.clock();
    this.personas = personas;
    this.rules = new TransferRules(world.credentials(), personas);
    this.notifier = notifier;
    this.transfers = world.store().table("transfer", Transfer.class);
  }

  /** Takes a transfer on, or tells about the one already known under the number. */
  synchronized Transfer create(Request request) {
    Fields fields = Fields.of(request);
    String userName = rules.check(request, fields);
    ObjectNode terms = fields.node().deepCopy();
    terms.remove("user_name"); // Its ciphertext differs each time.
    String number = terms.get("out_bill_no").textValue();
    Transfer known = transfers.get(number);
    if (known != null) {
      if (!known.request().equals(terms) || !Objects.equals(known.userName(), userName)) {
        throw PayErrors.rule("单号已存在但信息不一致，请查单后比较确认");
      }
      return current(known);
    }
    Instant now = clock.instant();
    long acceptance = world.misbehaviours().next(ACCEPTANCE).delayMillis();
    Transfer transfer =
        new Transfer(
            number,
            Numbers.transferBillNo(now),
            terms,
            userName,
            "ABBQO+oYAAABAAAAAA" + Numbers.nonce(80) + "==",
            acceptance > 0 ? State.ACCEPTED : State.WAIT_USER_CONFIRM,
            null,
            now,
            now);
    transfers.put(number, transfer);
    if (acceptance > 0) {
      world.later(acceptance, () -> offer(number));
    }
    scheduleExpiry(transfer);
    return transfer;
  }

  /**
   * @throws Refusal 404
   */
  synchronized Transfer byNumber(String outBillNo) {
    Transfer transfer = transfers.get(outBillNo);
    if (transfer == null) {
      throw new Refusal(404, "NOT_FOUND", "记录不存在");
    }
    return current(transfer);
  }

  /**
   * @throws Refusal 404
   */
  Transfer byTransferBillNo(String transferBillNo) {
    return transfers.all().stream()
        .filter(t -> t.transferBillNo().equals(transferBillNo))
        .findFirst()
        .map(t -> byNumber(t.outBillNo()))
        .orElseThrow(() -> new Refusal(404, "NOT_FOUND", "记录不存在"));
  }

  /** Cancels what the user has not confirmed; carried out a little later. */
  synchronized Transfer cancel(String outBillNo) {
    Transfer transfer = byNumber(outBillNo);
    switch (transfer.state()) {
      case CANCELING, CANCELLED -> {
        return transfer;
      }
      case ACCEPTED, PROCESSING, WAIT_USER_CONFIRM -> {
        Transfer canceling = move(transfer, State.CANCELING, null);
        world.later(world.settlement().toMillis(), () -> finish(outBillNo, State.CANCELLED, null));
        return canceling;
      }
      default -> throw PayErrors.rule("当前单据状态不支持撤销");
    }
  }

  /**
   * The user confirms in the client.
   *
   * @param packageInfo what the mini-program was given, or null not to check it
   * @throws Refusal 409 if there is nothing to confirm
   */
  synchronized Transfer confirm(String outBillNo, String packageInfo) {
    Transfer transfer = byNumber(outBillNo);
    if (transfer.state() != State.WAIT_USER_CONFIRM) {
      throw new Refusal(409, transfer.state().name(), "当前单据状态不能确认收款");
    }
    if (packageInfo != null && !packageInfo.equals(transfer.packageInfo())) {
      throw new Refusal(409, "PACKAGE_INFO", "package_info不正确");
    }
    Transfer confirmed = move(transfer, State.TRANSFERING, null);
    carryOut(confirmed);
    return confirmed;
  }

  /**
   * Makes a transfer fail that has no end yet.
   *
   * @throws Refusal 409 if it has ended
   */
  synchronized Transfer fail(String outBillNo, String reason) {
    Transfer transfer = byNumber(outBillNo);
    if (transfer.state().isFinal()) {
      throw new Refusal(409, transfer.state().name(), "单据已终态");
    }
    return finish(outBillNo, State.FAIL, reason);
  }

  List<Transfer> all() {
    return transfers.all().stream().map(t -> byNumber(t.outBillNo())).toList();
  }

  void resume() {
    for (Transfer transfer : transfers.all()) {
      switch (transfer.state()) {
        case TRANSFERING -> carryOut(transfer);
        case CANCELING -> world.later(0, () -> finish(transfer.outBillNo(), State.CANCELLED, null));
        case ACCEPTED -> offer(transfer.outBillNo());
        case WAIT_USER_CONFIRM -> scheduleExpiry(transfer);
        default -> {
          // Ended.
        }
      }
    }
  }

  /** As the answer to its creation tells it. */
  ObjectNode creation(Transfer transfer) {
    boolean waiting = transfer.state() == State.WAIT_USER_CONFIRM;
    return Json.object(
        "out_bill_no", transfer.outBillNo(),
        "transfer_bill_no", transfer.transferBillNo(),
        "create_time", Numbers.time(transfer.created()),
        "state", transfer.state().name(),
        "fail_reason", transfer.failReason(),
        "package_info", waiting ? transfer.packageInfo() : null);
  }

  /** As a query tells it: without the package to confirm with, the name for the merchant's eyes. */
  ObjectNode view(Transfer transfer) {
    ObjectNode view = notice(transfer);
    view.put("appid", world.credentials().appId());
    view.put("transfer_remark", transfer.request().get("transfer_remark").textValue());
    if (transfer.userName() != null) {
      view.put(
          "user_name",
          Ciphers.encryptField(world.credentials().merchantPublicKey(), transfer.userName()));
    }
    return view;
  }

  /** As the answer to its cancellation tells it. */
  ObjectNode cancellation(Transfer transfer) {
    return Json.object(
        "out_bill_no", transfer.outBillNo(),
        "transfer_bill_no", transfer.transferBillNo(),
        "state", transfer.state().name(),
        "update_time", Numbers.time(transfer.updated()));
  }

  private ObjectNode notice(Transfer transfer) {
    return Json.object(
        "mch_id", world.credentials().merchantId(),
        "out_bill_no", transfer.outBillNo(),
        "transfer_bill_no", transfer.transferBillNo(),
        "state", transfer.state().name(),
        "transfer_amount", transfer.amountFen(),
        "openid", transfer.openid(),
        "fail_reason", transfer.failReason(),
        "create_time", Numbers.time(transfer.created()),
        "update_time", Numbers.time(transfer.updated()));
  }

  /** The money has been set aside; now the user may take it. */
  private synchronized void offer(String outBillNo) {
    Transfer transfer = transfers.get(outBillNo);
    if (transfer.state() == State.ACCEPTED) {
      move(transfer, State.WAIT_USER_CONFIRM, null);
    }
  }

  private void carryOut(Transfer transfer) {
    Spell spell = world.misbehaviours().next(RESULT);
    String registered =
        personas.byOpenid(transfer.openid()).map(persona -> persona.realName()).orElse(null);
    String reason = spell.first(Kind.FAIL).map(Misbehaviour::code).orElse(null);
    if (reason == null
        && transfer.userName() != null
        && registered != null
        && !registered.equals(transfer.userName())) {
      reason = "NAME_NOT_CORRECT";
    }
    State outcome = reason == null ? State.SUCCESS : State.FAIL;
    String why = reason;
    world.later(
        world.settlement().toMillis() + spell.delayMillis(),
        () -> finish(transfer.outBillNo(), outcome, why));
  }

  private void scheduleExpiry(Transfer transfer) {
    long left = Duration.between(clock.instant(), transfer.created().plus(CONFIRMABLE)).toMillis();
    world.later(Math.max(left, 0) + 1, () -> byNumber(transfer.outBillNo()));
  }

  /** The transfer, having failed if the user let the time pass. */
  private Transfer current(Transfer transfer) {
    boolean overdue =
        transfer.state() == State.WAIT_USER_CONFIRM
            && !transfer.created().plus(CONFIRMABLE).isAfter(clock.instant());
    return overdue ? finish(transfer.outBillNo(), State.FAIL, "OVERDUE_CLOSE") : transfer;
  }

  private synchronized Transfer finish(String outBillNo, State outcome, String reason) {
    Transfer known = transfers.get(outBillNo);
    if (known.state().isFinal()) {
      return known;
    }
    Transfer ended = move(known, outcome, reason);
    if (ended.notifyUrl() != null) {
      notifier.notify(
          NOTIFY,
          new Notifier.Event("MCHTRANSFER.BILL.FINISHED", "mch_payment", "商家转账单据终态通知"),
          outBillNo,
          ended.notifyUrl(),
          notice(ended));
    }
    return ended;
  }

  private Transfer move(Transfer transfer, State state, String reason) {
    Transfer moved = transfer.in(state, reason, clock.instant());
    transfers.put(moved.outBillNo(), moved);
    return moved;
  }
}
