package io.siyu.mall.membership.member;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** What members change about themselves. */
@ApplicationScoped
public class MemberCommands {

  /** The reason when the phone is another member's. Two accounts of one person are not merged. */
  public static final String PHONE_TAKEN = "PHONE_TAKEN";

  private final Members members;
  private final PersonalCipher cipher;

  @Inject
  MemberCommands(Members members, PersonalCipher cipher) {
    this.members = members;
    this.cipher = cipher;
  }

  /**
   * Changes what is not null.
   *
   * @param version the one that was read
   * @return the member after it
   */
  @WithTransaction
  public Uni<MemberView> changeProfile(
      MemberId id, long version, String nickname, String avatarUrl) {
    return members
        .lock(id)
        .map(MemberCommands::require)
        .invoke(member -> member.requireVersion(version))
        .invoke(member -> member.changeProfile(nickname, avatarUrl))
        .chain(() -> members.view(id));
  }

  /**
   * Binds the phone.
   *
   * @param phone a mainland mobile number
   * @return the member after it; fails with ALREADY_EXISTS {@value #PHONE_TAKEN}; when somebody
   *     else binds it at the same moment, with the database's duplicate key error at the end of the
   *     transaction
   */
  @WithTransaction
  public Uni<MemberView> bindPhone(MemberId id, String phone) {
    SealedPhone sealed =
        new SealedPhone(cipher.encrypt(SealedPhone.cell(id), phone), cipher.hash(phone));
    return members
        .lock(id)
        .map(MemberCommands::require)
        .flatMap(
            member ->
                members
                    .findByPhone(sealed.hash())
                    .invoke(
                        owner -> {
                          if (owner.filter(other -> !other.equals(id)).isPresent()) {
                            throw taken();
                          }
                          member.bindPhone(sealed);
                        }))
        .chain(() -> members.view(id));
  }

  /** The refusal of a phone that is another member's. */
  public static DomainException taken() {
    return new DomainException(
        Kind.ALREADY_EXISTS, PHONE_TAKEN, "the phone belongs to another member");
  }

  private static Member require(Optional<Member> found) {
    return found.orElseThrow(
        () -> DomainException.notFound(MemberQueries.MEMBER_UNKNOWN, "there is no such member"));
  }
}
