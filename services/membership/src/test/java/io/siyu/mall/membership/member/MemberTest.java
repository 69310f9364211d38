package io.siyu.mall.membership.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.error.DomainException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {

  private final Member member = Member.register(MemberId.next(), Instant.EPOCH);

  @Test
  void hasANameFromTheStart() {
    assertTrue(member.nickname().startsWith("会员"));
    assertTrue(member.phone().isEmpty());
  }

  @Test
  void changesOnlyWhatIsGiven() {
    member.changeProfile(" 小明 ", null);
    assertEquals("小明", member.nickname());
    assertEquals("", member.avatarUrl());
    member.changeProfile(null, "https://img.example/a.png");
    assertEquals("小明", member.nickname());
    member.changeProfile(null, "");
    assertEquals("", member.avatarUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "012345678901234567890123456789012", "a\u0000b"})
  void refusesWhatIsNoName(String nickname) {
    String before = member.nickname();
    assertThrows(DomainException.class, () -> member.changeProfile(nickname, null));
    assertEquals(before, member.nickname());
  }

  @Test
  void aWrongAvatarLeavesTheNameAlone() {
    String before = member.nickname();
    assertThrows(
        DomainException.class, () -> member.changeProfile("小明", "http://img.example/a.png"));
    assertEquals(before, member.nickname());
  }

  @Test
  void anOldVersionIsRefused() {
    assertEquals(
        "STALE_VERSION",
        assertThrows(DomainException.class, () -> member.requireVersion(7)).reason());
  }

  @ParameterizedTest
  @CsvSource({
    "13812345678,true", "19912345678,true", "12812345678,false", "1381234567,false",
    "138123456789,false", "+8613812345678,false", "１３８12345678,false", "'',false"
  })
  void aMobileNumberIsElevenDigits(String phone, boolean is) {
    assertEquals(is, Phones.isMobile(phone));
  }
}
