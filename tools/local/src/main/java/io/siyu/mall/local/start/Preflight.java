package io.siyu.mall.local.start;

import io.siyu.mall.local.Layout;
import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.process.Os;
import io.siyu.mall.local.process.Ports;
import io.siyu.mall.local.topology.Addresses;
import io.siyu.mall.local.topology.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalLong;

/** Looks for what would make a start fail half-way, before anything is started. */
public final class Preflight {

  /** What unpacking MariaDB and Keycloak and building everything takes at most. */
  private static final long FIRST_TIME_MIB = 2048;

  /** What logs and data of an ordinary run take. */
  private static final long USUAL_MIB = 512;

  private final Layout layout;
  private final Addresses addresses;

  /** Preflight for the platform that is laid out so. */
  public Preflight(Layout layout, Addresses addresses) {
    this.layout = layout;
    this.addresses = addresses;
  }

  /**
   * Checks the disk.
   *
   * @throws LocalException if there is not enough room
   */
  public void disk() {
    boolean first = !Files.isDirectory(layout.cache());
    need(layout.state(), first ? FIRST_TIME_MIB : USUAL_MIB);
    need(layout.root(), USUAL_MIB);
  }

  /**
   * Checks that the ports of components that are to be started are free.
   *
   * @throws LocalException naming the port, the component, and the process that holds it
   */
  public void ports(Collection<Component> components) {
    for (Component component : components) {
      free(addresses.port(component), component.name());
      if (component.grpcPort() != 0) {
        free(addresses.grpcPort(component), component.name());
      }
      if (component.managementPort() != 0) {
        free(addresses.managementPort(component), component.name());
      }
    }
  }

  /** Free room of the disk that holds a path, in MiB. */
  public static long roomMiB(Path path) {
    Path existing = path;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getUsableSpace() / (1024 * 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void need(Path path, long wanted) {
    long room = roomMiB(path);
    if (room < wanted) {
      throw new LocalException(
          "The disk that holds "
              + path
              + " has only "
              + room
              + " MiB free; "
              + wanted
              + " MiB are needed.");
    }
  }

  private void free(int port, String component) {
    if (port < 1 || port > 65535) {
      throw new LocalException("Port " + port + " for " + component + " is out of range.");
    }
    if (Ports.isFree(port)) {
      return;
    }
    OptionalLong holder = Ports.holder(port);
    String by =
        holder.isPresent()
            ? Os.name(holder.getAsLong()) + " (pid " + holder.getAsLong() + ")"
            : "another process";
    throw new LocalException(
        "Port "
            + port
            + ", which "
            + component
            + " needs, is in use by "
            + by
            + "; stop it, or use other ports with --port-offset N.");
  }
}
