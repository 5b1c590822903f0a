package kk.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kk.spi.HostAddress;
import kk.spi.Secret;
import kk.spi.UnreachableException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import net.schmizz.sshj.userauth.password.Resource;

/// Proves to a host who we are, with everything we have, one after the other: keys of the agent,
/// the given key or the usual ones, the password, the password as the answer to questions.
final class SshLogin {
  private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  /// Hosts count tries, six by default: the given key must get its turn.
  private static final int MOST_AGENT_KEYS = 3;

  private final SshTarget target;
  private final HostAddress address;
  private final Optional<Path> agentSocket;
  private final List<String> tried = new ArrayList<>();

  /// @param address where the inventory's passwords and keys are
  SshLogin(SshTarget target, HostAddress address, Optional<Path> agentSocket) {
    this.target = target;
    this.address = address;
    this.agentSocket = agentSocket;
  }

  void perform(SSHClient client) throws UnreachableException, IOException {
    for (Attempt attempt : attempts(client)) {
      if (!isAllowed(client, attempt)) {
        tried.add(attempt.title() + " (not accepted there)");
        continue;
      }
      try {
        client.auth(target.user(), attempt.method());
        return;
      } catch (UserAuthException e) {
        tried.add(attempt.title() + reason(e));
      } catch (TransportException e) {
        tried.add(attempt.title() + " (" + Refusals.lost(e) + ")");
        break;
      }
    }
    String what =
        tried.isEmpty() ? "nothing: no key, no password, no agent" : String.join(", ", tried);
    throw new UnreachableException(
        target.title() + " refused the login of " + target.user() + ": tried " + what);
  }

  private List<Attempt> attempts(SSHClient client) {
    List<Attempt> attempts = new ArrayList<>();
    agentSocket.ifPresent(socket -> attempts.addAll(fromAgent(new Agent(socket))));
    if (address.privateKeyContent().isPresent()) {
      attempts.addAll(fromContent(client, address.privateKeyContent().get()));
    } else {
      keyFiles().forEach(file -> fromFile(client, file).ifPresent(attempts::add));
    }
    address.password().ifPresent(password -> attempts.addAll(fromPassword(password)));
    return attempts;
  }

  private List<Attempt> fromAgent(Agent agent) {
    try {
      return agent.identities().stream()
          .limit(MOST_AGENT_KEYS)
          .map(
              identity ->
                  new Attempt(
                      "agent key " + identity.comment(), new AgentAuthentication(agent, identity)))
          .toList();
    } catch (IOException e) {
      tried.add("agent (" + e.getMessage() + ")");
      return List.of();
    }
  }

  private List<Attempt> fromContent(SSHClient client, Secret content) {
    Passphrase passphrase = new Passphrase(address.privateKeyPassphrase());
    try {
      KeyProvider keys = client.loadKeys(content.reveal(), null, passphrase);
      keys.getPrivate();
      return List.of(new Attempt("the given key", new AuthPublickey(keys)));
    } catch (IOException | RuntimeException e) {
      tried.add("the given key (" + passphrase.problem() + ")");
      return List.of();
    }
  }

  /// The given key, else those of the configuration, else the usual ones that are there.
  private List<Path> keyFiles() {
    Optional<Path> given = address.privateKey();
    if (given.isPresent()) {
      return List.of(SshTarget.path(given.get().toString()));
    }
    Path home = SshTarget.path("~/.ssh");
    Stream<Path> usual = USUAL_KEYS.stream().map(home::resolve);
    return (target.identityFiles().isEmpty() ? usual : target.identityFiles().stream())
        .filter(Files::exists)
        .toList();
  }

  private Optional<Attempt> fromFile(SSHClient client, Path file) {
    Passphrase passphrase = new Passphrase(address.privateKeyPassphrase());
    try {
      if (!Files.isReadable(file)) {
        tried.add("key " + file + (Files.exists(file) ? " (not readable)" : " (no such file)"));
        return Optional.empty();
      }
      KeyProvider keys = client.loadKeys(file.toString(), passphrase);
      keys.getPrivate();
      return Optional.of(new Attempt("key " + file, new AuthPublickey(keys)));
    } catch (IOException | RuntimeException e) {
      tried.add("key " + file + " (" + passphrase.problem() + ")");
      return Optional.empty();
    }
  }

  private static List<Attempt> fromPassword(Secret password) {
    PasswordFinder finder = PasswordUtils.createOneOff(password.reveal().toCharArray());
    PasswordFinder answers = PasswordUtils.createOneOff(password.reveal().toCharArray());
    return List.of(
        new Attempt("password", new AuthPassword(finder)),
        new Attempt(
            "keyboard-interactive",
            new AuthKeyboardInteractive(new PasswordResponseProvider(answers))));
  }

  /// Hosts say what they take when they refuse the first try.
  private static boolean isAllowed(SSHClient client, Attempt attempt) {
    List<String> allowed = new ArrayList<>();
    client.getUserAuth().getAllowedMethods().forEach(allowed::add);
    return allowed.isEmpty() || allowed.contains(attempt.method().getName());
  }

  private static String reason(UserAuthException e) {
    return e.getCause() instanceof UserAuthException cause && cause.getMessage() != null
        ? " (" + cause.getMessage() + ")"
        : "";
  }

  /// One way to log in.
  private record Attempt(String title, AuthMethod method) {}

  /// Gives the passphrase, if there is one, and remembers that it was needed.
  private static final class Passphrase implements PasswordFinder {
    private final Optional<Secret> passphrase;
    private boolean asked;

    Passphrase(Optional<Secret> passphrase) {
      this.passphrase = passphrase;
    }

    @Override
    public char[] reqPassword(Resource<?> resource) {
      asked = true;
      return passphrase.map(Secret::reveal).orElse("").toCharArray();
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
      return false;
    }

    String problem() {
      if (!asked) {
        return "not a private key we can read";
      }
      return passphrase.isPresent() ? "wrong passphrase" : "needs a passphrase, none is given";
    }
  }
}
