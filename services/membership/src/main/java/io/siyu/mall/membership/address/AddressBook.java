package io.siyu.mall.membership.address;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All addresses of one member: at most {@value #MAX}, and exactly one default as soon as there is
 * one.
 */
public final class AddressBook {

  /** As many as a member may have. */
  public static final int MAX = 20;

  /** The reason when the book is full. */
  public static final String FULL = "ADDRESS_LIMIT";

  /** The reason when there is none, or none of this member. */
  public static final String UNKNOWN = "ADDRESS_UNKNOWN";

  private final MemberId member;
  private final List<Address> addresses;
  private final List<Address> added = new ArrayList<>();
  private final List<Address> removed = new ArrayList<>();

  /**
   * @param addresses all of the member's
   */
  public AddressBook(MemberId member, List<Address> addresses) {
    this.member = member;
    this.addresses = new ArrayList<>(addresses);
  }

  /**
   * Adds an address; the first one becomes the default whatever is asked.
   *
   * @throws DomainException FAILED_PRECONDITION {@value #FULL}
   */
  public Address add(AddressId id, SealedAddress content, boolean asDefault, Instant now) {
    if (addresses.size() >= MAX) {
      throw new DomainException(
          Kind.FAILED_PRECONDITION, FULL, "a member has at most " + MAX + " addresses");
    }
    Address address = new Address(id, member, content, now);
    addresses.add(address);
    added.add(address);
    if (asDefault || addresses.size() == 1) {
      chooseDefault(address);
    }
    return address;
  }

  /**
   * Changes an address. The default one stays it even when not asked to be: another must be chosen
   * instead.
   *
   * @throws DomainException NOT_FOUND {@value #UNKNOWN}
   */
  public Address change(AddressId id, SealedAddress content, boolean asDefault, Instant now) {
    Address address = get(id);
    address.change(content, now);
    if (asDefault) {
      chooseDefault(address);
    }
    return address;
  }

  /**
   * Removes an address; when it was the default, the one saved last takes its place. One that is
   * not there is gone already.
   */
  public void remove(AddressId id) {
    Optional<Address> found = find(id);
    if (found.isEmpty()) {
      return;
    }
    Address address = found.get();
    addresses.remove(address);
    removed.add(address);
    if (address.isDefault()) {
      addresses.stream()
          .max(Comparator.comparing(Address::savedAt).thenComparing(a -> a.addressId().value()))
          .ifPresent(this::chooseDefault);
    }
  }

  MemberId member() {
    return member;
  }

  /** The member's addresses. */
  public List<Address> addresses() {
    return List.copyOf(addresses);
  }

  /** What must be inserted. */
  List<Address> added() {
    return added;
  }

  /** What must be deleted. */
  List<Address> removed() {
    return removed;
  }

  private Address get(AddressId id) {
    return find(id)
        .orElseThrow(() -> DomainException.notFound(UNKNOWN, "the member has no such address"));
  }

  private Optional<Address> find(AddressId id) {
    return addresses.stream().filter(a -> a.addressId().equals(id)).findFirst();
  }

  private void chooseDefault(Address chosen) {
    addresses.forEach(a -> a.makeDefault(a == chosen));
  }
}
