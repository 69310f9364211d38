package io.siyu.mall.local;

import io.siyu.mall.local.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which platform is meant and how it is brought up.
 *
 * @param layout where things lie
 * @param portOffset added to every port of the table
 * @param topology the whole platform
 * @param only names of the components to start, all if empty
 * @param fresh forget all data first
 * @param sampleCatalog import the sample catalogue
 * @param progress is told what happens
 */
public record PlatformOptions(
    Layout layout,
    int portOffset,
    Topology topology,
    List<String> only,
    boolean fresh,
    boolean sampleCatalog,
    Progress progress) {

  /** Variable that names another state directory than {@code .mall}. */
  public static final String STATE = "MALL_STATE";

  /** Variable that moves all ports, so that a second platform can run beside the first. */
  public static final String PORT_OFFSET = "MALL_PORT_OFFSET";

  /** The platform of a checkout with everything as usual. */
  public static PlatformOptions of(Path root) {
    return of(root, System.getenv());
  }

  /** The platform of a checkout; {@link #STATE} and {@link #PORT_OFFSET} are heeded. */
  public static PlatformOptions of(Path root, Map<String, String> environment) {
    Path usual = root.resolve(Layout.DEFAULT_STATE);
    Path state = root.resolve(environment.getOrDefault(STATE, Layout.DEFAULT_STATE));
    return new PlatformOptions(
        new Layout(root, state, usual.resolve("cache")),
        offset(environment.getOrDefault(PORT_OFFSET, "0")),
        Topology.standard(),
        List.of(),
        false,
        true,
        Progress.SILENT);
  }

  /** The same platform with its state elsewhere. */
  public PlatformOptions withState(Path state) {
    Layout moved = new Layout(layout.root(), state, layout.cache());
    return new PlatformOptions(moved, portOffset, topology, only, fresh, sampleCatalog, progress);
  }

  /** The same platform on other ports. */
  public PlatformOptions withPortOffset(int offset) {
    return new PlatformOptions(layout, offset, topology, only, fresh, sampleCatalog, progress);
  }

  /** Another table of components. */
  public PlatformOptions withTopology(Topology other) {
    return new PlatformOptions(layout, portOffset, other, only, fresh, sampleCatalog, progress);
  }

  /** Only these components and what they start after; without the sample catalogue. */
  public PlatformOptions withOnly(List<String> names) {
    return new PlatformOptions(
        layout,
        portOffset,
        topology,
        List.copyOf(names),
        fresh,
        sampleCatalog && names.isEmpty(),
        progress);
  }

  /** Whether all data is forgotten first. */
  public PlatformOptions withFresh(boolean forget) {
    return new PlatformOptions(layout, portOffset, topology, only, forget, sampleCatalog, progress);
  }

  /** Whether the sample catalogue is imported. */
  public PlatformOptions withSampleCatalog(boolean wanted) {
    return new PlatformOptions(layout, portOffset, topology, only, fresh, wanted, progress);
  }

  /** Who is told what happens. */
  public PlatformOptions withProgress(Progress listener) {
    return new PlatformOptions(layout, portOffset, topology, only, fresh, sampleCatalog, listener);
  }

  private static int offset(String text) {
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new LocalException(PORT_OFFSET + " must be a number, not " + text + ".", e);
    }
  }
}
