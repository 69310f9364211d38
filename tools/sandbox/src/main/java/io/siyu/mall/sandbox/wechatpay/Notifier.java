package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.sandbox.control.Misbehaviour;
import io.siyu.mall.sandbox.control.Misbehaviour.Kind;
import io.siyu.mall.sandbox.control.Spell;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.state.Table;
import io.siyu.mall.sandbox.wechatpay.Notification.Attempt;
import io.siyu.mall.sandbox.wechatpay.Notification.State;
import io.siyu.mall.sandbox.wechatpay.Notification.Variety;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Delivers notifications, again and again until they are taken, as published; or misbehaves. */
final class Notifier {
  /** The published waits between attempts: 15 in all, over 24 h 4 min. */
  static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofMinutes(30),
          Duration.ofMinutes(30),
          Duration.ofMinutes(60),
          Duration.ofHours(3),
          Duration.ofHours(3),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(6));

  private static final Map<Kind, Variety> BEFOREHAND =
      Map.of(
          Kind.FORGED, Variety.FORGED,
          Kind.STALE, Variety.STALE,
          Kind.WRONG_AMOUNT, Variety.WRONG_AMOUNT,
          Kind.SIGNTEST, Variety.SIGNTEST);

  /** What a notification is about, in WeChat Pay's words. */
  record Event(String type, String originalType, String summary) {}

  private final World world;
  private final Courier courier;
  private final Table<Notification> notifications;
  private final Queue<String> held = new ArrayDeque<>();

  Notifier(World world, PayProtocol protocol) {
    this.world = world;
    this.courier = new Courier(world.credentials(), protocol, world.clock());
    this.notifications = world.store().table("notification", Notification.class);
    List.of(Payments.NOTIFY, Refunds.NOTIFY, Transfers.NOTIFY)
        .forEach(world.misbehaviours()::declareNotification);
  }

  /** Begins to deliver; returns at once. */
  void notify(String operation, Event event, String subject, String url, JsonNode resource) {
    Notification notification =
        new Notification(
            UUID.randomUUID().toString(),
            operation,
            event.type(),
            event.originalType(),
            event.summary(),
            subject,
            url,
            resource,
            world.clock().instant(),
            State.PENDING,
            List.of());
    Spell spell = world.misbehaviours().next(operation);
    if (spell.has(Kind.LOST)) {
      notifications.put(notification.id(), notification.in(State.LOST));
    } else if (spell.has(Kind.REORDERED)) {
      hold(notification);
    } else {
      notifications.put(notification.id(), notification);
      world.later(spell.delayMillis(), () -> begin(notification.id(), spell));
    }
  }

  /** All, oldest first. */
  List<Notification> all() {
    return notifications.all();
  }

  /**
   * Sends one now, once, beside what is planned.
   *
   * @param id of a notification, or null for the newest about the subject
   * @throws Refusal 404 if there is none
   */
  CompletableFuture<Attempt> sendNow(String id, String subject, Variety variety, Long amountFen) {
    Notification notification =
        notifications.all().stream()
            .filter(n -> id != null ? n.id().equals(id) : n.subject().equals(subject))
            .reduce((older, newer) -> newer)
            .orElseThrow(() -> new Refusal(404, "NOT_FOUND", "no such notification"));
    return send(notification.id(), variety, amountFen);
  }

  void resume() {
    for (Notification notification : notifications.all()) {
      if (notification.state() == State.PENDING) {
        world.later(0, () -> attempt(notification.id(), notification.genuineAttempts()));
      } else if (notification.state() == State.HELD) {
        synchronized (this) {
          held.add(notification.id());
        }
      }
    }
  }

  private synchronized void hold(Notification notification) {
    notifications.put(notification.id(), notification.in(State.HELD));
    held.add(notification.id());
  }

  private void begin(String id, Spell spell) {
    CompletableFuture<?> before = CompletableFuture.completedFuture(null);
    for (Misbehaviour misbehaviour : spell.misbehaviours()) {
      Variety variety = BEFOREHAND.get(misbehaviour.kind());
      if (variety != null) {
        before = before.thenCompose(done -> send(id, variety, misbehaviour.amountFen()));
      }
    }
    before.thenRun(
        () -> {
          if (spell.has(Kind.DOUBLED)) {
            send(id, Variety.GENUINE, null);
          }
          attempt(id, 0);
        });
  }

  private void attempt(String id, int number) {
    send(id, Variety.GENUINE, null)
        .thenAccept(
            attempt -> {
              if (!attempt.accepted()) {
                retry(id, number);
              }
              releaseHeld();
            });
  }

  private void retry(String id, int number) {
    if (number < WAITS.size()) {
      world.later(
          world.scaled(WAITS.get(number)).toMillis(), () -> attemptIfPending(id, number + 1));
    } else {
      change(id, State.PENDING, State.ABANDONED);
    }
  }

  private void attemptIfPending(String id, int number) {
    if (notifications.get(id).state() == State.PENDING) {
      attempt(id, number);
    }
  }

  private void releaseHeld() {
    String id;
    synchronized (this) {
      id = held.poll();
    }
    if (id != null) {
      change(id, State.HELD, State.PENDING);
      world.later(0, () -> attempt(id, 0));
    }
  }

  private CompletableFuture<Attempt> send(String id, Variety variety, Long amountFen) {
    return courier
        .send(notifications.get(id), variety, amountFen)
        .thenApply(
            attempt -> {
              record(id, attempt);
              return attempt;
            });
  }

  private synchronized void record(String id, Attempt attempt) {
    Notification known = notifications.get(id).with(attempt);
    boolean taken = attempt.variety() == Variety.GENUINE && attempt.accepted();
    notifications.put(id, taken ? known.in(State.DELIVERED) : known);
  }

  private synchronized void change(String id, State from, State to) {
    Notification known = notifications.get(id);
    if (known.state() == from) {
      notifications.put(id, known.in(to));
    }
  }
}
