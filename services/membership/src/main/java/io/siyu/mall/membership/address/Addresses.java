package io.siyu.mall.membership.address;

import io.siyu.mall.membership.member.MemberId;
import io.smallrye.mutiny.Uni;

/** Stores address books. */
public interface Addresses {

  /** The member's book; nobody else changes it until the transaction ends. */
  Uni<AddressBook> lock(MemberId member);

  /** Stores what was changed. */
  Uni<Void> save(AddressBook book);
}
