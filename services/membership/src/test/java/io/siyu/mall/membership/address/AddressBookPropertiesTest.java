package io.siyu.mall.membership.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.error.DomainException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AddressBookPropertiesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final SealedAddress CONTENT = new SealedAddress("r", "p", "d");

  @Property(tries = 200)
  void exactlyOneDefaultWhateverIsDone(@ForAll long seed) {
    Random random = new Random(seed);
    AddressBook any = new AddressBook(MemberId.next(), List.of());
    List<AddressId> known = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      try {
        if (known.isEmpty() || random.nextInt(3) == 0) {
          AddressId id = AddressId.next();
          any.add(id, CONTENT, random.nextBoolean(), NOW.plusSeconds(step));
          known.add(id);
        } else if (random.nextBoolean()) {
          any.change(pick(known, random), CONTENT, random.nextBoolean(), NOW.plusSeconds(step));
        } else {
          any.remove(pick(known, random));
        }
      } catch (DomainException e) {
        assertTrue(List.of(AddressBook.FULL, AddressBook.UNKNOWN).contains(e.reason()));
      }
      assertEquals(any.addresses().isEmpty() ? 0 : 1, defaults(any).size());
      assertTrue(any.addresses().size() <= AddressBook.MAX);
    }
  }

  private static AddressId pick(List<AddressId> known, Random random) {
    return known.get(random.nextInt(known.size()));
  }

  private static List<Address> defaults(AddressBook book) {
    return book.addresses().stream().filter(Address::isDefault).toList();
  }
}
