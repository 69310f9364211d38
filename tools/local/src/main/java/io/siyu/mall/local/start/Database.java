package io.siyu.mall.local.start;

import io.siyu.mall.local.Layout;
import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.Secrets;
import io.siyu.mall.local.mariadb.MariaDbServer;
import io.siyu.mall.local.process.Launch;
import io.siyu.mall.local.process.Processes;
import io.siyu.mall.local.topology.Component;
import io.siyu.mall.local.topology.ServiceEnvironment;
import java.util.List;
import java.util.Map;

/** The platform's database: one server, a schema for each service, a user that sees only it. */
final class Database {

  private final Layout layout;
  private final Secrets secrets;
  private final Processes processes;
  private final int port;

  Database(Layout layout, Secrets secrets, Processes processes, int port) {
    this.layout = layout;
    this.secrets = secrets;
    this.processes = processes;
    this.port = port;
  }

  /** Differs when the server must be restarted to run as it should. */
  String fingerprint(String name) {
    return launch(name).fingerprint();
  }

  /** Starts the server, or attaches to it, and gives each service its schema. */
  void start(String name, List<Component> services) {
    MariaDbServer server = server(processes.mark(name, fingerprint(name)));
    server.start();
    secureRoot(server);
    services.forEach(service -> schema(server, service.name()));
  }

  /** The server, reached as root. */
  MariaDbServer server(Map<String, String> environment) {
    return new MariaDbServer(
            layout.cache(),
            layout.mariadb(),
            port,
            new MariaDbServer.Options(layout.log("mariadb"), true, 256, environment, List.of()))
        .rootPassword(rootPassword());
  }

  private Launch launch(String name) {
    List<String> command = server(Map.of()).command();
    return new Launch(name, command, Map.of(), layout.log("mariadb"), layout.state());
  }

  private String rootPassword() {
    return secrets.password("mall.db.root.password");
  }

  /** At its first start the root account has no password; from then on it has ours. */
  private void secureRoot(MariaDbServer server) {
    try {
      server.sql("SELECT 1");
    } catch (LocalException refused) {
      MariaDbServer open = server(Map.of()).rootPassword("");
      try {
        giveRootsAPassword(open);
      } catch (LocalException lost) {
        throw new LocalException(
            "The database does not know the root password in "
                + layout.secrets()
                + "; ./mall reset starts anew.",
            lost);
      }
    }
  }

  /**
   * Only root at this machine is left of the accounts that the set-up makes, with our password. The
   * one that we come by is changed last, so that what was interrupted can be done again.
   */
  private void giveRootsAPassword(MariaDbServer open) {
    String identified = " IDENTIFIED BY '" + rootPassword() + "'";
    open.sql(
        String.join(
            ";\n",
            "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root'"
                + " AND Host NOT IN ('localhost', '127.0.0.1', '::1'))",
            "FLUSH PRIVILEGES",
            "ALTER USER IF EXISTS root@'::1'" + identified,
            "ALTER USER IF EXISTS root@localhost" + identified,
            "ALTER USER root@'127.0.0.1'" + identified));
  }

  private void schema(MariaDbServer server, String service) {
    String schema = "mall_" + service;
    String password = secrets.password(ServiceEnvironment.databasePassword(service));
    String user = "'" + schema + "'@'%'";
    server.sql(
        String.join(
            ";\n",
            "CREATE DATABASE IF NOT EXISTS " + schema,
            "CREATE USER IF NOT EXISTS " + user,
            "ALTER USER " + user + " IDENTIFIED BY '" + password + "'",
            "GRANT ALL PRIVILEGES ON " + schema + ".* TO " + user));
  }
}
