package kk.connect.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Connection.Progress;
import kk.spi.Content;

/// One shell on a host that runs commands, one at a time. After any exception from a command its
/// state is unknown: close it and open another.
public final class ShellSession implements AutoCloseable {
  private final ShellProcess process;
  private final Meter meter;
  private final Marks marks = Marks.random();
  private final Set<String> functions = new HashSet<>();
  private OptionalLong pid = OptionalLong.empty();
  private long commands;

  /// Takes over a shell that reads its standard input. Nothing is sent yet: the greeting travels
  /// with the first command.
  public ShellSession(ShellProcess process, Meter meter) {
    this.process = process;
    this.meter = meter;
  }

  /// Runs a command and takes its output in full.
  public CommandResult run(Command command) throws ShellEnded, LimitPassed, InterruptedException {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    Ended ended = exchange(command, stdout, Optional.empty());
    return ended.withStdout(stdout.toString(StandardCharsets.UTF_8));
  }

  /// Runs a command and hands its standard output on as it comes.
  ///
  /// @throws kk.spi.TaskFailed when the sink fails
  public CommandResult receive(Command command, OutputStream sink)
      throws ShellEnded, LimitPassed, InterruptedException {
    return exchange(command, new Sink(sink), Optional.empty()).withStdout("");
  }

  /// Runs a command that reads the content. The shell ends with it.
  ///
  /// @param progress called on the thread that sends
  /// @throws kk.spi.TaskFailed when the content can't be read
  public CommandResult send(Command command, Content content, Progress progress)
      throws ShellEnded, LimitPassed, InterruptedException {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ContentPump pump = new ContentPump(content, progress, meter, process.stdout()::end);
    Ended ended = exchange(command, stdout, Optional.of(pump));
    return ended.withStdout(stdout.toString(StandardCharsets.UTF_8));
  }

  /// The shell's process id on the host, once it has answered.
  public OptionalLong pid() {
    return pid;
  }

  @Override
  public void close() {
    process.close();
  }

  private Ended exchange(Command command, OutputStream sink, Optional<ContentPump> pump)
      throws ShellEnded, LimitPassed, InterruptedException {
    long started = System.nanoTime();
    boolean greet = pid.isEmpty();
    if (!greet) {
      process.stdout().clear(); // children left behind by the last command wrote it
      process.stderr().clear();
    }
    Frame frame = new Frame(marks, ++commands, command);
    Exchange exchange = new Exchange(process, meter, marks, commands);
    Patience patience = Patience.until(process, started, command.limit());
    try {
      write(pump.isPresent() ? frame.withRest() : frame.withInput(unknown(command)), greet);
      if (greet) {
        pid = OptionalLong.of(exchange.greeted(Patience.until(process, started, Greeting.LIMIT)));
      }
      int exit =
          pump.isPresent()
              ? pour(pump.get(), exchange, sink, patience)
              : exchange.ended(sink, patience);
      String errors = exchange.errors(patience);
      return new Ended(exit, errors, Duration.ofNanos(System.nanoTime() - started));
    } catch (IOException e) {
      throw new ShellEnded(exchange.lastWords(), e);
    }
  }

  private List<String> unknown(Command command) {
    return command.functions().stream().filter(functions::add).toList();
  }

  /// Sends the content until the command ends, which it may do before it has read it all.
  private int pour(ContentPump pump, Exchange exchange, OutputStream sink, Patience patience)
      throws IOException, LimitPassed, InterruptedException {
    exchange.begun(patience);
    meter.roundTrip();
    Thread pouring = pump.start(process.stdin());
    try {
      return exchange.ended(sink, patience);
    } finally {
      pouring.interrupt();
    }
  }

  private void write(byte[] program, boolean greet) throws IOException {
    byte[] greeting = greet ? Marks.bytes(Greeting.text(marks)) : new byte[0];
    byte[] burst = Arrays.copyOf(greeting, greeting.length + program.length);
    System.arraycopy(program, 0, burst, greeting.length, program.length);
    process.stdin().write(burst);
    process.stdin().flush();
    meter.roundTrip();
    meter.sent(burst.length);
  }

  /// How a command ended.
  private record Ended(int exit, String stderr, Duration took) {
    CommandResult withStdout(String stdout) {
      return new CommandResult(exit, stdout, stderr, took);
    }
  }
}
