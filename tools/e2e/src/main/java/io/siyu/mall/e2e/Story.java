package io.siyu.mall.e2e;

import java.util.List;
import java.util.stream.Stream;

/**
 * The main job of the platform, end to end, through its public API: goods of two brands are sold
 * through a share, paid, shipped, partly returned, and everybody is credited to the fen. It makes
 * new people each time and can be played again and again.
 */
public final class Story {
  private final Addresses addresses;
  private final Narrator narrator;

  /**
   * @param addresses of a running platform
   * @param narrator told what happens
   */
  public Story(Addresses addresses, Narrator narrator) {
    this.addresses = addresses;
    this.narrator = narrator;
  }

  /**
   * Plays it.
   *
   * @throws StoryFailure if a step does not go as told
   */
  public StoryResult play() {
    Scene scene = new Scene(addresses, narrator);
    Reckoning reckoning = new Reckoning();
    CreditOutsideOrders outside = new CreditOutsideOrders(reckoning);
    Proof proof = new Proof();
    List<Chapter> chapters =
        List.of(
            new OpenTheShop(),
            new RecruitDistributors(),
            new SellThroughAShare(),
            new ShipAndReturn(),
            new LetTimePass(),
            reckoning,
            outside,
            proof);
    int number = 0;
    for (Chapter chapter : chapters) {
      narrator.chapter(++number, chapter.title());
      chapter.play(scene);
    }
    return new StoryResult(
        true,
        scene.purchases.size(),
        scene.paidFen,
        scene.refundedFen,
        Stream.concat(reckoning.rows().stream(), outside.rows().stream()).toList(),
        proof.ledgerDifferenceFen(),
        proof.stockDifference(),
        Math.round(narrator.seconds() * 10) / 10.0);
  }
}
