package io.siyu.mall.gateway.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the public side allows. */
@ConfigMapping(prefix = "mall.gateway.http")
public interface HttpConfig {

  Limits limits();

  Cache cache();

  Streams streams();

  /**
   * Addresses or ranges (CIDR) of the proxies in front, whose {@code X-Forwarded-For} is believed.
   * Nobody's by default.
   */
  Optional<List<String>> trustedProxies();

  Patience patience();

  /** How long a caller may take. */
  interface Patience {

    /** From the connection to the end of the first request's headers. */
    @WithDefault("PT10S")
    Duration head();

    /** From the headers to the end of the body. */
    @WithDefault("PT30S")
    Duration body();

    /** The same for an import file. */
    @WithDefault("PT10M")
    Duration upload();

    /** From an answer to the end of the next request's headers. */
    @WithDefault("PT75S")
    Duration idle();
  }

  /** Rates and sizes. */
  interface Limits {

    /** Requests per second and address, over all endpoints. */
    Rate perAddress();

    /** Requests per second and signed-in caller. */
    Rate perCaller();

    /** Attempts to sign in, per address. */
    Rate signIn();

    /** Messages of providers, per address; they count in no other limit. */
    Rate callbacks();

    /** Largest request body, in bytes, of everything but products and imports. */
    @WithDefault("262144")
    long bodyBytes();

    /** Largest body of a product, in bytes: its longest detail, even escaped throughout. */
    @WithDefault("4194304")
    long productBytes();

    /** Largest import file, in bytes; as {@code mall.import.max-bytes} of the catalogue. */
    @WithDefault("67108864")
    long importBytes();

    /**
     * A file that nobody has asked for is removed when it is so old: longer than it is passed on.
     */
    @WithDefault("PT15M")
    Duration uploadAge();

    /** How many addresses and callers are remembered; the least used are forgotten. */
    @WithDefault("100000")
    long remembered();
  }

  /** A token bucket. */
  interface Rate {

    /** Requests that may come at once. */
    long burst();

    /** Requests that are given back per {@link #period()}. */
    long refill();

    @WithDefault("PT1S")
    Duration period();
  }

  /** The memory in front of the catalogue. */
  interface Cache {

    /** How old a page of goods may be. */
    @WithDefault("PT2S")
    Duration ttl();

    /** Largest sum of all pages, in bytes. */
    @WithDefault("67108864")
    long bytes();
  }

  /** Server-sent events. */
  interface Streams {

    /** How often an order that is watched is read. */
    @WithDefault("PT2S")
    Duration poll();

    /** How often a comment keeps the connection alive. */
    @WithDefault("PT15S")
    Duration heartbeat();

    /** After this the stream ends and the client comes again. */
    @WithDefault("PT10M")
    Duration longest();

    /** Streams that one caller may hold open. */
    @WithDefault("8")
    int perCaller();
  }
}
