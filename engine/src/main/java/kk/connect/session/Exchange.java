package kk.connect.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// The reading side of one command: finds its marks on both streams.
final class Exchange {
  private static final int LONGEST_WORDS = 200;

  private final Marks marks;
  private final long number;
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();

  Exchange(Marks marks, long number) {
    this.marks = marks;
    this.number = number;
  }

  /// The shell's process id, as soon as it has answered the greeting.
  CompletableFuture<Long> ready() {
    return ready;
  }

  /// Completed as soon as the shell has read the whole frame.
  CompletableFuture<Boolean> begun() {
    return begun;
  }

  /// Reads standard output up to the exit status.
  int readStdout(MarkedStream in, boolean greeted, OutputStream sink) throws IOException {
    try {
      if (greeted) {
        in.copyUntil(Marks.bytes(marks.ready()), OutputStream.nullOutputStream());
        ready.complete(Long.parseLong(in.restOfLine()));
      }
      in.copyUntil(Marks.bytes(marks.begin(number)), OutputStream.nullOutputStream());
      begun.complete(true);
      in.copyUntil(Marks.bytes(marks.end(number)), sink);
      return Integer.parseInt(in.restOfLine());
    } catch (IOException | RuntimeException e) {
      ready.completeExceptionally(e);
      begun.completeExceptionally(e);
      throw e;
    }
  }

  /// Reads standard error to the end of the command.
  String readStderr(MarkedStream in, boolean greeted) throws IOException {
    if (greeted) {
      in.copyUntil(Marks.bytes(marks.ready()), stderr);
      stderr.reset();
    }
    in.copyUntil(Marks.bytes(marks.begin(number)), OutputStream.nullOutputStream());
    in.copyUntil(Marks.bytes(marks.end(number)), stderr);
    return stderr.toString(StandardCharsets.UTF_8);
  }

  /// The last line the shell wrote to standard error, for the message when it ended too early.
  Optional<String> lastWords() {
    return stderr
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(Predicate.not(String::isBlank))
        .reduce((first, second) -> second)
        .map(line -> line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS));
  }
}
