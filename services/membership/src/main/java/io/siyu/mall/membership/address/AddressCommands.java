package io.siyu.mall.membership.address;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.membership.member.MemberId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** What members change in their address book. */
@ApplicationScoped
public class AddressCommands {

  private final Addresses addresses;
  private final AddressSeal seal;
  private final Clock clock;

  @Inject
  AddressCommands(Addresses addresses, AddressSeal seal, Clock clock) {
    this.addresses = addresses;
    this.seal = seal;
    this.clock = clock;
  }

  /**
   * Adds an address, or changes one.
   *
   * @param id null for a new one
   */
  @WithTransaction
  public Uni<AddressView> save(
      MemberId member, AddressId id, PostalAddress content, boolean asDefault) {
    content.check();
    Instant now = clock.instant();
    AddressId target = id == null ? AddressId.next() : id;
    SealedAddress sealed = seal.seal(target, member, content);
    return addresses
        .lock(member)
        .flatMap(
            book -> {
              Address saved =
                  id == null
                      ? book.add(target, sealed, asDefault, now)
                      : book.change(target, sealed, asDefault, now);
              return addresses
                  .save(book)
                  .replaceWith(
                      () -> new AddressView(saved.addressId().value(), content, saved.isDefault()));
            });
  }

  /** Removes an address; one that is not there is gone already. */
  @WithTransaction
  public Uni<Void> delete(MemberId member, AddressId id) {
    return addresses.lock(member).invoke(book -> book.remove(id)).flatMap(addresses::save);
  }
}
