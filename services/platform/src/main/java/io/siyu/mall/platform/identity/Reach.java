package io.siyu.mall.platform.identity;

import java.util.Set;

/**
 * How far a caller reaches in one operation, by the roles that grant this operation alone: somebody
 * who reads everything as an auditor still changes only the brand that they operate.
 *
 * @param all everything
 * @param brandCodes what belongs to these brands, by a role that is for a brand
 * @param own what they made, or look after
 */
public record Reach(boolean all, Set<String> brandCodes, boolean own) {

  /** What is public, at most. */
  public static final Reach NOTHING = new Reach(false, Set.of(), false);

  /** Everything there is. */
  public static final Reach ALL = new Reach(true, Set.of(), false);

  /** What is one's own. */
  public static final Reach OWN = new Reach(false, Set.of(), true);

  public Reach {
    brandCodes = Set.copyOf(brandCodes);
  }

  /** Whether what belongs to the brand is within it. */
  public boolean includes(String brandCode) {
    return all || brandCodes.contains(brandCode);
  }
}
