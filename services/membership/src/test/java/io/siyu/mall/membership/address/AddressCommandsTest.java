package io.siyu.mall.membership.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.personal.PersonalCipher;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressCommandsTest {

  private static final PostalAddress ADDRESS =
      new PostalAddress("王小明", "13812345678", "上海市", "上海市", "徐汇区", "漕溪路 1 号");

  private final String key = Base64.getEncoder().encodeToString(new byte[32]);
  private final AddressSeal seal =
      new AddressSeal(
          new PersonalCipher(
              Optional.of(List.of("k1:" + key)), Optional.of("k1"), Optional.of(key)));
  private final InMemoryAddresses addresses = new InMemoryAddresses();
  private final AddressCommands commands = new AddressCommands(addresses, seal, Clock.systemUTC());
  private final MemberId member = MemberId.next();

  @Test
  void whatIsStoredIsSealedAndOpensAgain() {
    AddressView saved = save(null, ADDRESS, false);
    assertTrue(saved.isDefault());
    SealedAddress stored = addresses.books.get(member).get(0).content();
    assertFalse(stored.toString().contains("13812345678"));
    assertEquals(ADDRESS, seal.open(new AddressId(saved.id()), member, stored));
    AddressView masked = saved.masked();
    assertEquals("138****5678", masked.content().phone());
    assertEquals("王**", masked.content().receiver());
    assertFalse(masked.content().detail().contains("漕溪"));
  }

  @Test
  void aWrongAddressIsNotStored() {
    PostalAddress wrong = new PostalAddress("王", "110", "上海市", "上海市", "", "路");
    assertThrows(DomainException.class, () -> save(null, wrong, false));
    assertTrue(addresses.books.isEmpty());
  }

  @Test
  void changingAndDeleting() {
    AddressId id = new AddressId(save(null, ADDRESS, false).id());
    PostalAddress moved = new PostalAddress("王小明", "13812345678", "浙江省", "杭州市", "", "西湖边");
    save(id, moved, false);
    assertEquals(moved, seal.open(id, member, addresses.books.get(member).get(0).content()));
    commands.delete(member, id).await().indefinitely();
    assertTrue(addresses.books.get(member).isEmpty());
  }

  private AddressView save(AddressId id, PostalAddress content, boolean asDefault) {
    return commands.save(member, id, content, asDefault).await().indefinitely();
  }
}
