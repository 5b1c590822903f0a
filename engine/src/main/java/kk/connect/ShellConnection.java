package kk.connect;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kk.connect.session.Escalation;
import kk.connect.session.Killing;
import kk.connect.session.LimitPassed;
import kk.connect.session.Meter;
import kk.connect.session.ShellEnded;
import kk.connect.session.ShellProcess;
import kk.connect.session.ShellSession;
import kk.connect.session.Shells.Purpose;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Connection;
import kk.spi.Content;
import kk.spi.RunAs;
import kk.spi.TaskFailed;
import kk.spi.TimedOutException;
import kk.spi.UnreachableException;

/// A connection made of shells: one for each user commands run as, opened when first needed and
/// replaced when it breaks, and one for each transfer.
final class ShellConnection implements Connection, Metered {
  /// An input above this is streamed: some shells read their program byte by byte.
  private static final int LARGEST_INLINE_INPUT = 256 * 1024;

  private static final Duration KILLING = Duration.ofSeconds(20);

  private final String name;
  private final Host host;
  private final Meter meter = new Meter();
  private final Map<Optional<RunAs>, ShellSession> sessions = new HashMap<>();

  ShellConnection(String name, Host host) {
    this.name = name;
    this.host = host;
  }

  @Override
  public CommandResult run(Command command) throws UnreachableException, InterruptedException {
    if (command.input().length() > LARGEST_INLINE_INPUT) {
      return send(command, Content.of(command.input()), Progress.NONE);
    }
    Optional<RunAs> user = other(command.as());
    ShellSession session = sessions.get(user);
    if (session == null) {
      session = open(user, Purpose.COMMANDS);
      sessions.put(user, session);
    }
    boolean whole = false;
    try {
      CommandResult result = on(session, command, s -> s.run(command));
      whole = true;
      return result;
    } finally {
      if (!whole) {
        sessions.remove(user, session);
        session.close();
      }
    }
  }

  @Override
  public CommandResult send(Command receiver, Content content, Progress progress)
      throws UnreachableException, InterruptedException {
    try (ShellSession session = open(other(receiver.as()), Purpose.COMMANDS)) {
      return on(session, receiver, s -> s.send(receiver, content, progress));
    }
  }

  @Override
  public CommandResult receive(Command sender, OutputStream sink)
      throws UnreachableException, InterruptedException {
    try (ShellSession session = open(other(sender.as()), Purpose.DOWNLOAD)) {
      return on(session, sender, s -> s.receive(sender, sink));
    }
  }

  @Override
  public Traffic traffic() {
    return new Traffic(meter.roundTrips(), meter.bytesSent(), meter.bytesReceived());
  }

  @Override
  public void close() {
    sessions.values().forEach(ShellSession::close);
    sessions.clear();
    host.close();
  }

  private Optional<RunAs> other(Optional<RunAs> as) {
    return as.filter(user -> user.evenFromItself() || !user.user().equals(host.user()));
  }

  private ShellSession open(Optional<RunAs> as, Purpose purpose)
      throws UnreachableException, InterruptedException {
    ShellProcess process;
    try {
      process = host.start(purpose);
    } catch (IOException e) {
      throw new UnreachableException(name + ": " + host.whyEnded(e), e);
    }
    if (as.isEmpty()) {
      return new ShellSession(process, meter);
    }
    boolean up = false;
    try {
      ShellProcess escalated = new Escalation(as.get(), name, host.user()).from(process, meter);
      up = true;
      return new ShellSession(escalated, meter);
    } catch (ShellEnded e) {
      throw new UnreachableException(name + ": " + host.whyEnded(e) + lastWords(e), e);
    } finally {
      if (!up) {
        process.close();
      }
    }
  }

  private CommandResult on(ShellSession session, Command command, Use use)
      throws UnreachableException, InterruptedException {
    try {
      return use.of(session);
    } catch (ShellEnded e) {
      String what = host.whyEnded(e) + " while it ran: " + title(command);
      throw new UnreachableException(name + ": " + what + lastWords(e), e);
    } catch (LimitPassed e) {
      if (session.pid().isEmpty()) {
        throw new UnreachableException(
            name
                + ": the shell didn't start in time; does a start-up file of the login shell wait?",
            e);
      }
      kill(session, command);
      throw new TimedOutException(
          name + ": no end within " + Words.of(command.limit()) + ", killed: " + title(command), e);
    } catch (TaskFailed | InterruptedException e) {
      kill(session, command);
      throw e;
    }
  }

  /// Kills what a session runs. That it can't is no news: the host counts as failing either way.
  private void kill(ShellSession session, Command command) throws InterruptedException {
    if (session.pid().isEmpty()) {
      return;
    }
    try (ShellSession other = open(other(command.as()), Purpose.COMMANDS)) {
      other.run(Killing.of(session.pid().getAsLong()).withLimit(KILLING));
    } catch (ShellEnded | LimitPassed | UnreachableException | TaskFailed e) {
      // the host is about to be reported with the reason that brought us here
    }
  }

  private static String lastWords(ShellEnded e) {
    return e.getMessage() == null || e.getMessage().isBlank() ? "" : " (" + e.getMessage() + ")";
  }

  private static String title(Command command) {
    String first = command.script().strip().lines().findFirst().orElse("");
    return first.length() <= 80 ? first : first.substring(0, 79) + "…";
  }

  @FunctionalInterface
  private interface Use {
    CommandResult of(ShellSession session) throws ShellEnded, LimitPassed, InterruptedException;
  }
}
