package io.siyu.mall.order.order;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Whose orders somebody may see, or change: a member their own, a brand's staff their brand's, the
 * platform's staff all, by the roles that grant the method alone. It becomes part of the SQL, so
 * that what is out of it does not exist.
 *
 * @param memberIds set for members alone: their own id, and those of the members who go on as them
 * @param brandCodes set for a brand's staff alone
 */
public record Scope(Set<UUID> memberIds, List<String> brandCodes) {

  private static final Scope ALL = new Scope(null, null);

  /** As far as the caller reaches in the method that they called. */
  public static Scope of(Caller caller) {
    if (caller.isMember()) {
      return new Scope(caller.memberIds(), null);
    }
    Reach reach = caller.reach();
    return reach.all() ? ALL : new Scope(null, List.copyOf(reach.brandCodes()));
  }

  /** The scope of everything. */
  public static Scope all() {
    return ALL;
  }

  /** Whether it is a member's own, and not staff's. */
  public boolean isMembers() {
    return memberIds != null;
  }

  /** A condition on columns member_id and brand_code of the alias, its parameters added. */
  public String sql(String alias, List<Object> params) {
    if (isMembers()) {
      params.addAll(memberIds);
      return alias + ".member_id IN (" + marks(memberIds.size()) + ")";
    }
    if (brandCodes == null) {
      return "1 = 1";
    }
    if (brandCodes.isEmpty()) {
      return "1 = 0";
    }
    params.addAll(brandCodes);
    return alias + ".brand_code IN (" + marks(brandCodes.size()) + ")";
  }

  /** Whether an order is in it. */
  public boolean includes(UUID ofMember, String ofBrand) {
    if (isMembers()) {
      return memberIds.contains(ofMember);
    }
    return brandCodes == null || brandCodes.contains(ofBrand);
  }

  /**
   * @throws DomainException NOT_FOUND, as if it did not exist, unless the order is in it
   */
  public void check(Order order) {
    if (!includes(order.memberId(), order.brandCode())) {
      throw new DomainException(Kind.NOT_FOUND, Orders.ORDER_NOT_FOUND, "there is no such order");
    }
  }

  /** So many question marks. */
  public static String marks(int count) {
    List<String> marks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      marks.add("?");
    }
    return String.join(", ", marks);
  }
}
