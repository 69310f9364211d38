package io.siyu.mall.local.topology;

import java.util.Set;

/**
 * One row of the topology: a process of the platform.
 *
 * @param name short name, used in commands, logs and configuration
 * @param kind what sort of program it is
 * @param module Maven module it is built from, empty if it is not built here
 * @param httpPort its main port before the offset: HTTP, or the database's own protocol
 * @param grpcPort its gRPC port before the offset, 0 if it has none
 * @param managementPort where it tells of its health before the offset, 0 if at its main port
 * @param after components that must be healthy before it starts
 * @param grants what of the secrets it gets to know
 */
public record Component(
    String name,
    Kind kind,
    String module,
    int httpPort,
    int grpcPort,
    int managementPort,
    Set<String> after,
    Set<Grant> grants) {

  /** Sorts of programs. */
  public enum Kind {
    /** The database server. */
    DATABASE,
    /** Keycloak. */
    IDENTITY,
    /** The stand-in for the outside world. */
    SANDBOX,
    /** A service with a database schema of its own. */
    SERVICE,
    /** The public door. */
    GATEWAY
  }

  /** Secrets and settings that only some components get. */
  public enum Grant {
    /** Keys that encrypt personal data. */
    PERSONAL,
    /** The mini-program's app secret. */
    WECHAT,
    /** The merchant's keys at WeChat Pay. */
    WECHAT_PAY,
    /** The key that signs the members' tokens. */
    SIGNING,
    /** The key that signs the names of visitors. */
    VISITORS,
    /** The affiliate account at Taobao. */
    TAOBAO
  }

  /** True if it is a Quarkus program of this repository. */
  public boolean isQuarkus() {
    return kind == Kind.SERVICE || kind == Kind.GATEWAY;
  }
}
