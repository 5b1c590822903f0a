package kk.connect.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Connection.Progress;
import kk.spi.Content;

/// One shell on a host that runs commands, one at a time. After any exception from a command its
/// state is unknown: close it and open another.
public final class ShellSession implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final ShellProcess process;
  private final Meter meter;
  private final Answers answers;
  private final Marks marks = Marks.random();
  private OptionalLong pid = OptionalLong.empty();
  private long commands;

  /// Takes over a shell that reads its standard input. Nothing is sent yet: the greeting travels
  /// with the first command.
  public ShellSession(ShellProcess process, Meter meter) {
    this.process = process;
    this.meter = meter;
    this.answers = new Answers(process);
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
    Ended ended = exchange(command, stdout, Optional.of(new ContentPump(content, progress, meter)));
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
    Frame frame = new Frame(marks, ++commands, command);
    byte[] program = pump.isPresent() ? frame.withRest() : frame.withInput();
    Exchange exchange = new Exchange(marks, commands);
    CompletableFuture<Integer> status =
        Answers.start(() -> exchange.readStdout(stream(process.stdout()), greet, sink));
    CompletableFuture<String> stderr =
        Answers.start(() -> exchange.readStderr(stream(process.stderr()), greet));
    try {
      write(program, greet);
      if (greet) {
        long soon = started + Greeting.LIMIT.toNanos();
        pid = OptionalLong.of(answers.await(exchange.ready(), soon));
      }
      long deadline = started + command.limit().toNanos();
      if (pump.isPresent()) {
        answers.await(exchange.begun(), deadline);
        pour(pump.get(), status, deadline);
      }
      int exit = answers.await(status, deadline);
      String errors = answers.await(stderr, deadline);
      return new Ended(exit, errors, Duration.ofNanos(System.nanoTime() - started));
    } catch (ShellEnded e) {
      settle(stderr);
      throw new ShellEnded(exchange.lastWords().orElse(""), e);
    }
  }

  /// Sends the content until the command ends, which it may do before it has read it all.
  private void pour(ContentPump pump, CompletableFuture<Integer> status, long deadline)
      throws ShellEnded, LimitPassed, InterruptedException {
    meter.roundTrip();
    Thread pouring = pump.start(process.stdin());
    try {
      answers.await(CompletableFuture.anyOf(status, pump.failure()), deadline);
    } finally {
      pouring.interrupt();
    }
  }

  private MarkedStream stream(InputStream in) {
    return new MarkedStream(in, meter);
  }

  private void write(byte[] program, boolean greet) throws ShellEnded {
    try {
      byte[] greeting = greet ? Marks.bytes(Greeting.text(marks)) : new byte[0];
      byte[] burst = Arrays.copyOf(greeting, greeting.length + program.length);
      System.arraycopy(program, 0, burst, greeting.length, program.length);
      process.stdin().write(burst);
      process.stdin().flush();
      meter.roundTrip();
      meter.sent(burst.length);
    } catch (IOException e) {
      throw new ShellEnded("", e);
    }
  }

  /// Gives the last words on standard error a moment to arrive.
  private static void settle(CompletableFuture<String> stderr) throws InterruptedException {
    try {
      stderr.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // there are none, or no more
    }
  }

  /// How a command ended.
  private record Ended(int exit, String stderr, Duration took) {
    CommandResult withStdout(String stdout) {
      return new CommandResult(exit, stdout, stderr, took);
    }
  }
}
