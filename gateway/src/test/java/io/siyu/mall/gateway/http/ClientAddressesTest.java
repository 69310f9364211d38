package io.siyu.mall.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {

  private final ClientAddresses behind =
      new ClientAddresses(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.7"));

  private String of(String peer, String... forwardedFor) {
    return behind.of(peer, List.of(forwardedFor));
  }

  @Test
  void theRightmostHopThatIsNotTrustedIsTheClient() {
    String client = of("203.0.113.9");
    assertEquals(client, of("10.1.2.3", "203.0.113.9"));
    assertEquals(client, of("10.1.2.3", "1.1.1.1, 203.0.113.9"), "the client wrote 1.1.1.1");
    assertEquals(client, of("10.1.2.3", "1.1.1.1", "203.0.113.9, 192.0.2.7,10.9.9.9"));
    assertEquals(client, of("fd00::5", "203.0.113.9:4711"));
    assertEquals(client, of("::ffff:10.1.2.3", "203.0.113.9"));
  }

  @Test
  void whoIsNotAProxyIsNotBelieved() {
    assertEquals(of("203.0.113.9"), of("203.0.113.9", "1.1.1.1"));
    assertEquals(of("192.0.2.8"), of("192.0.2.8", "1.1.1.1"));
    assertEquals(new ClientAddresses(List.of()).of("10.1.2.3", List.of("1.1.1.1")), of("10.1.2.3"));
  }

  @Test
  void nonsenseStopsAtTheProxyThatPassedItOn() {
    for (String nonsense : List.of("", "unknown", "1.1.1", "1.1.1.1.1", "_x", "[::1", "x:y:z")) {
      assertEquals(of("10.1.2.3"), of("10.1.2.3", "1.1.1.1, " + nonsense), nonsense);
    }
    assertEquals(of("10.1.2.3"), of("10.1.2.3"));
    assertEquals("unknown", of(null, "1.1.1.1"));
  }

  @Test
  void anIpv6ClientIsItsNetworkAndAMappedAddressIsIpv4() {
    String client = of("2001:db8:1:2::1");
    assertEquals(client, of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertEquals(client, of("10.1.2.3", "[2001:db8:1:2::77]:443"));
    assertNotEquals(client, of("2001:db8:1:3::1"));
    assertEquals(of("203.0.113.9"), of("::ffff:203.0.113.9"));
    assertEquals(of("203.0.113.9"), of("::ffff:cb00:7109"));
    assertNotEquals(of("203.0.113.9"), of("203.0.113.10"));
  }

  @Test
  void arangeThatIsNoneDoesNotStart() {
    for (String wrong :
        List.of("", "proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129")) {
      assertThrows(
          IllegalArgumentException.class, () -> new ClientAddresses(List.of(wrong)), wrong);
    }
    assertEquals(
        of("1.1.1.1"), new ClientAddresses(List.of("0.0.0.0/0")).of("9.9.9.9", List.of("1.1.1.1")));
  }

  @Test
  void bucketsAreForgottenRatherThanKeptForEver() {
    RateLimits rates = new RateLimits(config(100));
    for (int i = 0; i < 10_000; i++) {
      rates.takeAddress("a" + i);
      rates.takeCaller("c" + i);
      rates.takeSignIn("a" + i);
      rates.takeCallback("a" + i);
    }
    assertTrue(rates.remembered() <= 400, () -> "buckets: " + rates.remembered());
  }

  private static HttpConfig config(long remembered) {
    HttpConfig.Rate rate =
        new HttpConfig.Rate() {
          @Override
          public long burst() {
            return 10;
          }

          @Override
          public long refill() {
            return 1;
          }

          @Override
          public Duration period() {
            return Duration.ofMinutes(1);
          }
        };
    HttpConfig.Limits limits = limits(rate, remembered);
    return new HttpConfig() {
      @Override
      public Optional<List<String>> trustedProxies() {
        return Optional.empty();
      }

      @Override
      public Limits limits() {
        return limits;
      }

      @Override
      public Cache cache() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Streams streams() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Patience patience() {
        throw new UnsupportedOperationException();
      }
    };
  }

  private static HttpConfig.Limits limits(HttpConfig.Rate rate, long remembered) {
    return new HttpConfig.Limits() {
      @Override
      public HttpConfig.Rate perAddress() {
        return rate;
      }

      @Override
      public Duration uploadAge() {
        return Duration.ofMinutes(15);
      }

      @Override
      public HttpConfig.Rate perCaller() {
        return rate;
      }

      @Override
      public HttpConfig.Rate signIn() {
        return rate;
      }

      @Override
      public HttpConfig.Rate callbacks() {
        return rate;
      }

      @Override
      public long bodyBytes() {
        return 1;
      }

      @Override
      public long productBytes() {
        return 1;
      }

      @Override
      public long importBytes() {
        return 1;
      }

      @Override
      public long remembered() {
        return remembered;
      }
    };
  }
}
