package kk.connect;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import kk.spi.Connection;
import kk.spi.Connector;
import kk.spi.HostAddress;
import kk.spi.UnreachableException;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/// Hosts reached over SSH. Needs nothing there but an SSH server and a POSIX shell.
public final class SshConnector implements Connector {
  private static final int ALIVE_EVERY_SECONDS = 15;
  private static final int MISSED_SIGNS_OF_LIFE = 3;

  private final ReentrantLock knownHosts = new ReentrantLock();
  private final Map<Path, KnownHostsFile> knownHostsFiles = new ConcurrentHashMap<>();
  private final Path config;
  private final Optional<Path> agent;

  /// As the user's `ssh` does it: with `~/.ssh/config` and the agent of the environment.
  public SshConnector() {
    this(
        SshTarget.path("~/.ssh/config"),
        Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
            .filter(socket -> !socket.isEmpty())
            .map(Path::of));
  }

  SshConnector(Path config, Optional<Path> agent) {
    this.config = config;
    this.agent = agent;
  }

  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public Connection open(HostAddress address) throws UnreachableException, InterruptedException {
    return SystemThread.open(() -> dial(address));
  }

  private Connection dial(HostAddress address) throws UnreachableException, InterruptedException {
    SshTarget target = SshTarget.of(address, SshConfigFile.read(config));
    List<SSHClient> chain = new ArrayList<>();
    boolean up = false;
    try {
      for (SshTarget jump : target.jumps()) {
        chain.add(connect(jump, address.withoutPassword(), chain));
      }
      SSHClient client = connect(target, address, chain);
      up = true;
      return new ShellConnection(
          address.name(), new SshHost(target, client, chain, address.connectTimeout()));
    } finally {
      if (!up) {
        chain.reversed().forEach(SshConnector::abandon);
      }
    }
  }

  private SSHClient connect(SshTarget target, HostAddress address, List<SSHClient> through)
      throws UnreachableException, InterruptedException {
    KnownHosts known =
        new KnownHosts(
            knownHostsFiles.computeIfAbsent(address.knownHosts(), KnownHostsFile::new), knownHosts);
    SSHClient client =
        new SSHClient(
            Algorithms.config(known.findExistingAlgorithms(target.host(), target.port())));
    boolean up = false;
    try {
      prepare(client, known, (int) address.connectTimeout().toMillis());
      dial(client, target, through, address.connectTimeout());
      new SshLogin(target, address, agent).perform(client);
      up = true;
      return client;
    } catch (IOException e) {
      boolean interrupted =
          e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
      if (interrupted || Thread.interrupted()) {
        throw new InterruptedException(e.getMessage());
      }
      String why =
          known.refusal().orElseGet(() -> Refusals.connecting(e, address.connectTimeout()));
      throw new UnreachableException(target.title() + ": " + why, e);
    } finally {
      if (!up) {
        abandon(client);
      }
    }
  }

  /// Signs of life must be asked for before the connection is up; later it has no effect.
  private static void prepare(SSHClient client, KnownHosts known, int timeout) {
    client.setSocketFactory(new LowDelaySockets());
    client.setConnectTimeout(timeout);
    client.setTimeout(timeout); // else one who accepts and says nothing is waited for for ever
    client.getTransport().setTimeoutMs(timeout);
    client.getConnection().setTimeoutMs(timeout);
    client.addHostKeyVerifier(known);
    if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner alive) {
      alive.setKeepAliveInterval(ALIVE_EVERY_SECONDS);
      alive.setMaxAliveCount(MISSED_SIGNS_OF_LIFE);
    }
  }

  private static void dial(
      SSHClient client, SshTarget target, List<SSHClient> through, Duration timeout)
      throws IOException {
    if (through.isEmpty()) {
      client.connect(target.host(), target.port());
      return;
    }
    DirectConnection line = through.getLast().newDirectConnection(target.host(), target.port());
    AtomicBoolean late = new AtomicBoolean();
    Thread alarm = Thread.ofVirtual().name("kk-alarm").start(() -> ring(timeout, late, line));
    try {
      client.connectVia(line);
    } catch (IOException e) {
      throw late.get() ? new SocketTimeoutException("no answer") : e;
    } finally {
      alarm.interrupt();
    }
  }

  /// A line through another host knows no timeout of its own, so somebody has to hang up.
  private static void ring(Duration timeout, AtomicBoolean late, DirectConnection line) {
    try {
      Thread.sleep(timeout);
      late.set(true);
      line.close();
    } catch (InterruptedException e) {
      // it came up, or failed, in time
    } catch (IOException e) {
      // then it is closed
    }
  }

  private static void abandon(SSHClient client) {
    try {
      client.close();
    } catch (IOException e) {
      // it never was of use
    }
  }
}
