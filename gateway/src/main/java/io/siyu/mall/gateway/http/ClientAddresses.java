package io.siyu.mall.gateway.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Who a request comes from, as the limits count. {@code X-Forwarded-For} is believed only as far as
 * trusted proxies wrote it: from the right, each trusted hop vouches for the one before it, and the
 * first that is not trusted is the client; what stands left of it is the client's own invention. An
 * IPv6 client is its /64, which is what one subscriber gets; an IPv4 address in IPv6 form is that
 * IPv4 address.
 */
@Singleton
public class ClientAddresses {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final int IPV4_BYTES = 4;
  private static final int SUBSCRIBER_BITS = 64;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

  private final List<Cidr> trusted;

  @Inject
  ClientAddresses(HttpConfig config) {
    this(config.trustedProxies().orElse(List.of()));
  }

  ClientAddresses(List<String> trustedProxies) {
    trusted = trustedProxies.stream().map(Cidr::parse).toList();
  }

  /** What requests of the same client have in common. */
  public String of(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    return of(peer == null ? null : peer.hostAddress(), request.headers().getAll(FORWARDED_FOR));
  }

  /**
   * The same for a peer and the values of its headers.
   *
   * @param peer null when the connection has no address
   */
  String of(String peer, List<String> forwardedFor) {
    byte[] client = parse(peer);
    if (client == null) {
      return "unknown";
    }
    List<String> hops = new ArrayList<>();
    forwardedFor.forEach(value -> hops.addAll(Arrays.asList(value.split(",", -1))));
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      byte[] before = parse(hops.get(i));
      if (before == null) {
        break;
      }
      client = before;
    }
    return key(client);
  }

  private boolean isTrusted(byte[] address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  /** An address with or without port and brackets; null when it is none. */
  private static byte[] parse(String text) {
    if (text == null) {
      return null;
    }
    String host = text.strip();
    int bracket = host.indexOf(']');
    if (host.startsWith("[") && bracket > 0) {
      host = host.substring(1, bracket);
    } else if (host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':')) {
      host = host.substring(0, host.indexOf(':'));
    }
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    boolean mapped =
        address != null
            && address.length > IPV4_BYTES
            && Arrays.equals(Arrays.copyOf(address, MAPPED.length), MAPPED);
    return mapped ? Arrays.copyOfRange(address, MAPPED.length, address.length) : address;
  }

  private static String key(byte[] address) {
    return HexFormat.of()
        .formatHex(address.length == IPV4_BYTES ? address : Cidr.masked(address, SUBSCRIBER_BITS));
  }
}
