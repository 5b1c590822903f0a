package kk.run;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import kk.bind.Installed;
import kk.inventory.Host;
import kk.inventory.Inventory;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.spi.Connection;
import kk.spi.Connector;
import kk.spi.HostAddress;
import kk.spi.Secret;
import kk.spi.UnreachableException;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import org.jspecify.annotations.Nullable;

/// The lines to the hosts: one each for the whole run, opened when first needed.
final class Connections {
  /// Where commands on this machine start, as under Ansible: where the user is.
  private static final String HERE = Path.of("").toAbsolutePath().toString();

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private static final String BUILTIN = "ansible.builtin.";

  private final Installed installed;
  private final Path knownHosts;
  private final Defaults defaults;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  /// Whether an address is this machine's, which the system is asked once: at each task it would
  /// take longer than the rest of what a task takes here.
  private final Map<String, Boolean> own = new ConcurrentHashMap<>();

  Connections(Installed installed, RunOptions options) {
    this.installed = installed;
    this.knownHosts = options.knownHosts();
    this.defaults = options.defaults();
  }

  /// A line and the lock that lets one thread use it at a time.
  static final class Line {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    private @Nullable String refused;

    /// Something done over a line.
    interface Use<T> {
      T with(Connection connection) throws UnreachableException, InterruptedException;
    }
  }

  /// Uses the line to a host, which is opened if need be. A host that couldn't be reached isn't
  /// tried again.
  <T> T use(Target target, Line.Use<T> use) throws UnreachableException, InterruptedException {
    Line line = line(target);
    line.lock.lockInterruptibly();
    try {
      if (line.refused != null) {
        throw new UnreachableException(line.refused);
      }
      if (line.connection == null) {
        try {
          line.connection = open(target);
        } catch (UnreachableException e) {
          line.refused = e.getMessage();
          throw e;
        }
      }
      return use.with(line.connection);
    } finally {
      line.lock.unlock();
    }
  }

  /// Opens a new line to a host in place of the one there may be.
  ///
  /// @param patience how long the host may take to answer
  void reopen(Target target, Duration patience) throws UnreachableException, InterruptedException {
    Line line = line(target);
    line.lock.lockInterruptibly();
    try {
      if (line.connection != null) {
        line.connection.close();
        line.connection = null;
      }
      line.connection = open(target.within(patience));
      line.refused = null;
    } finally {
      line.lock.unlock();
    }
  }

  private Line line(Target target) {
    HostAddress address = target.address();
    return lines.computeIfAbsent(
        String.join(
            " ",
            target.type(),
            target.host().name(),
            address.host(),
            Integer.toString(address.port()),
            address.user().orElse("")),
        _ -> new Line());
  }

  /// Where a task's commands go.
  ///
  /// @param type name of the connector
  /// @param unsupported an argument for SSH that can't be heeded
  record Target(Host host, String type, HostAddress address, Optional<String> unsupported) {
    Target within(Duration patience) {
      return new Target(host, type, address.withConnectTimeout(patience), unsupported);
    }
  }

  /// Where the commands of a task go.
  ///
  /// @param connectorKeyword what the task says about the connector; may be empty
  /// @param userKeyword what the task says about who logs in
  /// @param portKeyword what it says about the port
  Target target(
      Host host,
      HostVariables variables,
      String connectorKeyword,
      Optional<String> userKeyword,
      Optional<String> portKeyword) {
    return new Target(
        host,
        connectorType(host, variables, connectorKeyword),
        address(host, variables, userKeyword, portKeyword),
        SshArguments.unsupported(variables));
  }

  /// Who works on a host unless somebody else is asked for; empty when the connector decides.
  ///
  /// @param connectorKeyword what the task says about the connector; may be empty
  Optional<String> user(
      Host host, HostVariables variables, String connectorKeyword, Optional<String> keyword) {
    return connectorType(host, variables, connectorKeyword).equals("local")
        ? Optional.of(System.getProperty("user.name"))
        : address(host, variables, keyword, Optional.empty()).user();
  }

  private Connection open(Target target) throws UnreachableException, InterruptedException {
    String type = target.type();
    if (type.equals("ssh") && target.unsupported().isPresent()) {
      throw new UnreachableException(
          target.host().name()
              + ": kk can't heed the ssh argument `"
              + target.unsupported().get()
              + "`");
    }
    Connector connector =
        installed
            .connector(type)
            .orElseThrow(
                () ->
                    new EvaluationFailed(
                        Problem.of(
                                "unknown-connector",
                                target.host().at(),
                                "there is no connector `" + type + "`")
                            .note("there are: " + String.join(", ", installed.connectorNames()))
                            .suggest(type, installed.connectorNames())));
    return connector.open(target.address());
  }

  /// The name of a connector or of a way to become another user, without its collection.
  static String shortName(String name) {
    return name.startsWith(BUILTIN) ? name.substring(BUILTIN.length()) : name;
  }

  /// How a host is reached: what the task or the variables say, else directly when it is this
  /// machine, else by SSH.
  private String connectorType(Host host, HostVariables variables, String keyword) {
    Optional<String> said =
        first(
            text(variables, "ansible_connection"),
            keyword.isEmpty() ? Optional.empty() : Optional.of(keyword),
            connector(variables, "type"),
            host.name().equals(Inventory.LOCALHOST) && !isWritten(host)
                ? Optional.empty()
                : defaults.connection());
    if (said.isPresent()) {
      String name = shortName(said.get());
      return name.equals("smart") || name.equals("paramiko") ? "ssh" : name;
    }
    String address =
        first(text(variables, "ansible_host"), connector(variables, "host")).orElse(host.name());
    return address.equals(Inventory.LOCALHOST)
            || own.computeIfAbsent(address, Connections::isThisMachine)
        ? "local"
        : "ssh";
  }

  /// Whether the inventory says something about the host; the implicit localhost is nowhere
  /// written.
  private static boolean isWritten(Host host) {
    return host.at().line() > 0;
  }

  private static boolean isThisMachine(String address) {
    try {
      if (address.equals(InetAddress.getLocalHost().getHostName())) {
        return true;
      }
      boolean literal = address.matches("[0-9.]+") || address.contains(":");
      return literal && NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }

  private HostAddress address(
      Host host,
      HostVariables variables,
      Optional<String> userKeyword,
      Optional<String> portKeyword) {
    return new HostAddress(
        host.name(),
        first(
                text(variables, "ansible_host"),
                text(variables, "ansible_ssh_host"),
                connector(variables, "host"))
            .orElse(host.name()),
        first(
                text(variables, "ansible_port"),
                text(variables, "ansible_ssh_port"),
                portKeyword,
                connector(variables, "port"))
            .map(port -> port(host, port))
            .orElse(0),
        first(
            text(variables, "ansible_user"),
            text(variables, "ansible_ssh_user"),
            userKeyword,
            connector(variables, "user"),
            defaults.user()),
        first(
                text(variables, "ansible_password"),
                text(variables, "ansible_ssh_pass"),
                connector(variables, "password"))
            .map(Secret::new),
        first(
                text(variables, "ansible_ssh_private_key_file"),
                text(variables, "ansible_private_key_file"),
                connector(variables, "private_key"))
            .map(Path::of),
        connector(variables, "private_key_content").map(Secret::new),
        connector(variables, "private_key_passphrase").map(Secret::new),
        knownHosts,
        CONNECT_TIMEOUT,
        Map.of("directory", HERE));
  }

  private static int port(Host host, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ProblemsFound(
          Problem.of(
              "wrong-form",
              host.at(),
              "the port of host `" + host.name() + "` is no number: `" + text + "`"));
    }
  }

  @SafeVarargs
  private static Optional<String> first(Optional<String>... candidates) {
    for (Optional<String> candidate : candidates) {
      if (candidate.isPresent()) {
        return candidate;
      }
    }
    return Optional.empty();
  }

  static Optional<String> text(HostVariables variables, String name) {
    return variables.isGiven(name)
        ? Optional.ofNullable(variables.get(name)).map(String::valueOf)
        : Optional.empty();
  }

  static Optional<String> connector(HostVariables variables, String key) {
    return variables.contains("connector") && variables.get("connector") instanceof Map<?, ?> map
        ? Optional.ofNullable(map.get(key)).map(String::valueOf)
        : Optional.empty();
  }

  /// Ends the lines to a host; whoever needs one opens a new one.
  void reset(String host) {
    for (Map.Entry<String, Line> entry : lines.entrySet()) {
      if (entry.getKey().split(" ", -1)[1].equals(host)) {
        Line line = entry.getValue();
        line.lock.lock();
        try {
          Connection connection = line.connection;
          line.connection = null;
          line.refused = null;
          if (connection != null) {
            connection.close();
          }
        } finally {
          line.lock.unlock();
        }
      }
    }
  }

  /// Ends all lines.
  void close() {
    for (Line line : new HashMap<>(lines).values()) {
      Connection connection = line.connection;
      if (connection != null) {
        connection.close();
      }
    }
  }
}
