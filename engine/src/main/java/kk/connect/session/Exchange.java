package kk.connect.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/// The reading side of one command: finds its marks on both streams, standard output first. What
/// comes on standard error meanwhile waits in its inbox.
final class Exchange {
  private static final int LONGEST_WORDS = 200;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final ShellProcess process;
  private final Marks marks;
  private final long number;
  private final MarkedStream stdout;
  private final MarkedStream stderr;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  Exchange(ShellProcess process, Meter meter, Marks marks, long number) {
    this.process = process;
    this.marks = marks;
    this.number = number;
    this.stdout = new MarkedStream(process.stdout(), meter);
    this.stderr = new MarkedStream(process.stderr(), meter);
  }

  /// Reads the answer to the greeting, past all that start-up files had to say.
  ///
  /// @return the shell's process id
  long greeted(Patience patience) throws IOException, LimitPassed, InterruptedException {
    stdout.copyUntil(Marks.bytes(marks.ready()), OutputStream.nullOutputStream(), patience);
    long pid = Long.parseLong(stdout.restOfLine(patience));
    stderr.copyUntil(Marks.bytes(marks.ready()), OutputStream.nullOutputStream(), patience);
    return pid;
  }

  /// Waits until the shell has read the whole frame.
  void begun(Patience patience) throws IOException, LimitPassed, InterruptedException {
    byte[] mark = Marks.bytes(marks.begin(number));
    stdout.copyUntil(mark, OutputStream.nullOutputStream(), patience);
  }

  /// Reads standard output up to the exit status.
  int ended(OutputStream sink, Patience patience)
      throws IOException, LimitPassed, InterruptedException {
    stdout.copyUntil(Marks.bytes(marks.end(number)), sink, patience);
    return Integer.parseInt(stdout.restOfLine(patience));
  }

  /// Reads standard error to the end of the command.
  String errors(Patience patience) throws IOException, LimitPassed, InterruptedException {
    stderr.copyUntil(Marks.bytes(marks.end(number)), errors, patience);
    return errors.toString(StandardCharsets.UTF_8);
  }

  /// The last line the shell wrote to standard error, for the message when it ended too early. It
  /// gets a moment to arrive.
  String lastWords() throws InterruptedException {
    stderr.drain(errors, Patience.until(process, System.nanoTime(), LAST_WORDS));
    return errors
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(Predicate.not(String::isBlank))
        .reduce((first, second) -> second)
        .map(Exchange::shortened)
        .orElse("");
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS);
  }
}
