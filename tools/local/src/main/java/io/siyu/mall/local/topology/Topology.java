package io.siyu.mall.local.topology;

import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.topology.Component.Grant;
import io.siyu.mall.local.topology.Component.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which processes make up the platform. A new service joins by a row in {@link #standard()}. */
public record Topology(List<Component> components) {

  /** Name of the database in the table. */
  public static final String DATABASE = "mariadb";

  /** Name of the staff's token issuer in the table. */
  public static final String IDENTITY = "keycloak";

  /** Name of the stand-in for the outside world in the table. */
  public static final String SANDBOX = "sandbox";

  /** Name of the public door in the table. */
  public static final String GATEWAY = "gateway";

  /** The platform. */
  public static Topology standard() {
    return new Topology(
        List.of(
            new Component(DATABASE, Kind.DATABASE, "", 13306, 0, 0, Set.of(), Set.of()),
            new Component(IDENTITY, Kind.IDENTITY, "", 8180, 0, 0, Set.of(), Set.of()),
            new Component(SANDBOX, Kind.SANDBOX, "tools/sandbox", 8190, 0, 0, Set.of(), Set.of()),
            service("catalog", 1),
            service("order", 2, Grant.PERSONAL, Grant.WECHAT, Grant.WECHAT_PAY),
            service(
                "distributor", 3, Grant.PERSONAL, Grant.WECHAT, Grant.WECHAT_PAY, Grant.VISITORS),
            service("membership", 4, Grant.PERSONAL, Grant.WECHAT, Grant.SIGNING),
            service("cps", 5, Grant.TAOBAO),
            new Component(
                GATEWAY, Kind.GATEWAY, "gateway", 8080, 0, 8110, Set.of(IDENTITY), Set.of())));
  }

  /** Each service has the same last digit in all its ports. */
  private static Component service(String name, int number, Grant... grants) {
    // The sandbox makes the keys that those who deal with the outside world are configured with.
    Set<String> after = grants.length == 0 ? Set.of(DATABASE) : Set.of(DATABASE, SANDBOX);
    return new Component(
        name,
        Kind.SERVICE,
        "services/" + name,
        8100 + number,
        9100 + number,
        8110 + number,
        after,
        Set.of(grants));
  }

  /** The services, each with a schema of its own. */
  public List<Component> services() {
    return components.stream().filter(one -> one.kind() == Kind.SERVICE).toList();
  }

  /** A component by name. */
  public Optional<Component> find(String name) {
    return components.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /**
   * The part of the platform that holds these components and what they start after.
   *
   * @throws LocalException if a name is not in the table
   */
  public Topology only(Collection<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    Set<String> wanted = new LinkedHashSet<>();
    names.forEach(name -> include(name, wanted));
    List<Component> part = new ArrayList<>(components);
    part.removeIf(one -> !wanted.contains(one.name()));
    return new Topology(List.copyOf(part));
  }

  private void include(String name, Set<String> wanted) {
    Component component =
        find(name)
            .orElseThrow(
                () ->
                    new LocalException(
                        "There is no component "
                            + name
                            + "; there are "
                            + String.join(", ", names())
                            + "."));
    wanted.add(name);
    component.after().forEach(other -> include(other, wanted));
  }

  /** All names, in the order of the table. */
  public List<String> names() {
    return components.stream().map(Component::name).toList();
  }
}
