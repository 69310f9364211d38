package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the chapters of a story share: the callers, the things made so far, and a way to wait. */
public final class Scene {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(100);

  final Addresses addresses;
  final Narrator narrator;
  final Api anonymous;
  final Api sandbox;

  /** Set by {@link OpenTheShop}. */
  Api platformAdmin;

  Api finance;
  final List<BrandStaff> brands = new ArrayList<>();

  /** Set by {@link RecruitDistributors}. */
  Person ann;

  Person bea;

  /** Set by {@link SellThroughAShare}. */
  Person shopper;

  final List<Purchase> purchases = new ArrayList<>();
  String tradeId;
  long paidFen;
  long refundedFen;

  Scene(Addresses addresses, Narrator narrator) {
    this.addresses = addresses;
    this.narrator = narrator;
    this.anonymous = Api.anonymous(addresses.gateway());
    this.sandbox = Api.anonymous(addresses.sandbox());
  }

  /** Somebody who signed in by WeChat; as a member, and as a distributor once approved. */
  record Person(String name, String persona, String memberId, String distributorId, Api api) {
    Person asDistributor(String id) {
      return new Person(name, persona, memberId, id, api);
    }
  }

  /** A brand and the member of its staff who acts for it. */
  record BrandStaff(String brandId, String code, String name, Api api) {}

  /**
   * One line of the shopper's trade.
   *
   * @param unitFen price of one unit, fen
   * @param directBasisPoints what the distributor earns
   * @param uplineBasisPoints what the upline earns
   */
  record Purchase(
      BrandStaff brand,
      String productId,
      String skuId,
      String title,
      long quantity,
      long unitFen,
      int directBasisPoints,
      int uplineBasisPoints,
      String orderId,
      String orderLineId) {
    Purchase placed(String order, String line) {
      return new Purchase(
          brand,
          productId,
          skuId,
          title,
          quantity,
          unitFen,
          directBasisPoints,
          uplineBasisPoints,
          order,
          line);
    }

    long baseFen() {
      return unitFen * quantity;
    }
  }

  /**
   * A staff member's token from Keycloak.
   *
   * @param user one of the realm's users of a development machine
   */
  Api staff(String user) {
    String token =
        Api.anonymous(addresses.keycloak())
            .postForm(
                "/realms/mall/protocol/openid-connect/token",
                Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "mall-admin-portal",
                    "username",
                    user,
                    "password",
                    "mall-" + user))
            .ok()
            .path("access_token")
            .asText();
    return anonymous.as(token);
  }

  /**
   * Asks again and again until the answer is as wanted; fails with the last answer after a minute.
   */
  JsonNode await(String what, Supplier<Api.Answer> question, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Api.Answer answer = question.get();
      boolean transientFailure = answer.status() == 503;
      if (!transientFailure && wanted.test(answer.ok())) {
        return answer.json();
      }
      if (System.nanoTime() > deadline) {
        throw new StoryFailure(
            what + " did not come true within " + PATIENCE.toSeconds() + " s: " + answer.body());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted", e);
    }
  }
}
