package io.siyu.mall.membership.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Violation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressBookTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final SealedAddress CONTENT = new SealedAddress("r", "p", "d");

  private final AddressBook book = new AddressBook(MemberId.next(), List.of());

  @Test
  void theFirstBecomesTheDefault() {
    assertTrue(add(false).isDefault());
    assertFalse(add(false).isDefault());
    Address chosen = add(true);
    assertEquals(List.of(chosen), defaults(book));
  }

  @Test
  void theDefaultStaysItUntilAnotherIsChosen() {
    Address first = add(false);
    Address second = add(false);
    book.change(first.addressId(), CONTENT, false, NOW);
    assertEquals(List.of(first), defaults(book));
    book.change(second.addressId(), CONTENT, true, NOW);
    assertEquals(List.of(second), defaults(book));
  }

  @Test
  void whenTheDefaultGoesTheOneSavedLastFollows() {
    Address first = add(false);
    Address second = book.add(AddressId.next(), CONTENT, false, NOW.plusSeconds(5));
    add(false);
    book.remove(first.addressId());
    assertEquals(List.of(second), defaults(book));
  }

  @Test
  void removingTwiceIsNoFailureChangingTheUnknownIs() {
    Address first = add(false);
    book.remove(first.addressId());
    book.remove(first.addressId());
    assertTrue(book.addresses().isEmpty());
    assertEquals(
        AddressBook.UNKNOWN,
        assertThrows(
                DomainException.class, () -> book.change(first.addressId(), CONTENT, false, NOW))
            .reason());
  }

  @Test
  void thereAreAtMostTwenty() {
    for (int i = 0; i < AddressBook.MAX; i++) {
      add(false);
    }
    assertEquals(AddressBook.FULL, assertThrows(DomainException.class, () -> add(true)).reason());
    assertEquals(1, defaults(book).size());
  }

  @Test
  void everythingWrongIsNamedAtOnce() {
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () -> new PostalAddress(" ", "12345", "", "上海市", "", "x".repeat(201)).check());
    assertEquals(
        List.of("address.receiver_name", "address.phone", "address.province", "address.detail"),
        refusal.violations().stream().map(Violation::field).toList());
  }

  @Test
  void aProperAddressPassesAndTellsNothingInLogs() {
    PostalAddress address =
        new PostalAddress(" 王小明 ", "13812345678", "上海市", "上海市", "徐汇区", "漕溪路 1 号");
    address.check();
    assertEquals("王小明", address.receiver());
    assertEquals("PostalAddress", address.toString());
  }

  private Address add(boolean asDefault) {
    return book.add(AddressId.next(), CONTENT, asDefault, NOW);
  }

  private static List<Address> defaults(AddressBook book) {
    return book.addresses().stream().filter(Address::isDefault).toList();
  }
}
