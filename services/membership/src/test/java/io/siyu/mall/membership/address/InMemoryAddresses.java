package io.siyu.mall.membership.address;

import io.siyu.mall.membership.member.MemberId;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Address books in a map. */
final class InMemoryAddresses implements Addresses {

  final Map<MemberId, List<Address>> books = new HashMap<>();

  @Override
  public Uni<AddressBook> lock(MemberId member) {
    return Uni.createFrom()
        .item(() -> new AddressBook(member, books.getOrDefault(member, List.of())));
  }

  @Override
  public Uni<Void> save(AddressBook book) {
    books.put(book.member(), book.addresses());
    return Uni.createFrom().voidItem();
  }
}
