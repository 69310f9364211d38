package io.siyu.mall.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job, end to end; twice, because a platform is used more than once. */
@ExtendWith(RunningPlatform.class)
class StoryJourneyTest {

  @RepeatedTest(2)
  void everybodyIsCreditedToTheFen(Addresses addresses) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Narrator narrator = new Narrator(new PrintStream(told, true, StandardCharsets.UTF_8));
    StoryResult result = new Story(addresses, narrator).play();
    assertTrue(result.ok());
    assertEquals(2, result.orders());
    assertEquals(0, result.ledgerDifferenceFen());
    assertEquals(0, result.stockDifference());
    assertEquals(4, result.commissions().size());
    StoryResult.CommissionRow direct = result.commissions().get(0);
    assertEquals("DIRECT", direct.level());
    assertTrue(direct.debtFen() > 0, "the refund after the payout is a debt");
    assertEquals(
        direct.earnedFen() - direct.reversedFen(),
        direct.availableFen() + direct.paidFen() + direct.taxFen() - direct.debtFen(),
        "what was earned is somewhere");
    StoryResult.CommissionRow upline = result.commissions().get(1);
    assertEquals("UPLINE", upline.level());
    assertEquals(upline.earnedFen() - upline.reversedFen(), upline.availableFen());
    StoryResult.CommissionRow outside = result.commissions().get(2);
    assertEquals("CPS", outside.source());
    assertTrue(outside.earnedFen() > outside.reversedFen() && outside.reversedFen() > 0);
    assertEquals(0, outside.debtFen(), "what becomes available pays the debt first");
    // One order of five can be withdrawn: it stands in both figures less the debt that it paid.
    assertTrue(
        outside.availableFen() + direct.debtFen() < outside.earnedFen() - outside.reversedFen());
  }
}
