package io.siyu.mall.e2e;

import io.siyu.mall.e2e.chaos.Runner;
import io.siyu.mall.local.Platform;
import io.siyu.mall.local.PlatformOptions;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One whole platform for all journeys of a test run, on ports and data of its own, so that a
 * running development platform is never touched. Started by the first journey, stopped after the
 * last.
 */
public final class RunningPlatform implements BeforeAllCallback, ParameterResolver {
  /** Keeps every port below those that outgoing connections are given. */
  private static final int PORT_OFFSET = 15_000;

  private static final String KEY = RunningPlatform.class.getName();

  /** The platform as the journeys see it. */
  public static final class Handle implements ExtensionContext.Store.CloseableResource {
    private final Platform platform;
    private final Addresses addresses;

    private Handle(Platform platform) {
      this.platform = platform;
      Platform.Endpoints endpoints = platform.endpoints();
      this.addresses =
          new Addresses(
              URI.create(endpoints.gateway()),
              URI.create(endpoints.sandbox()),
              URI.create(endpoints.keycloak()));
    }

    Addresses addresses() {
      return addresses;
    }

    Path state() {
      return platform.options().layout().state();
    }

    Runner runner() {
      PlatformOptions options = platform.options();
      return new Runner(options.layout().root(), options.layout().state(), options.portOffset());
    }

    /** Ends a component as a crash does: no warning, nothing flushed. */
    void kill(String component) {
      long pid =
          platform.status().stream()
              .filter(status -> status.name().equals(component))
              .findFirst()
              .orElseThrow()
              .pid();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }

    /** Starts again what does not run. */
    void heal() {
      Platform.up(platform.options().withFresh(false));
    }

    @Override
    public void close() {
      platform.down();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    handle(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Handle.class || type == Addresses.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Handle handle = handle(context);
    return parameter.getParameter().getType() == Handle.class ? handle : handle.addresses();
  }

  private static Handle handle(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(KEY, key -> new Handle(start()), Handle.class);
  }

  private static Platform start() {
    Path root = Path.of(System.getProperty("mall.root")).toAbsolutePath();
    return Platform.up(
        PlatformOptions.of(root)
            .withState(root.resolve("tools/e2e/target/platform"))
            .withPortOffset(PORT_OFFSET)
            .withFresh(true));
  }
}
