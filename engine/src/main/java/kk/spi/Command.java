package kk.spi;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A POSIX shell script to run on a host, with what it needs. The script reaches a shell on its
/// standard input and is no argument of any process; what it starts is, so a secret may be in it
/// only as far as the shell itself uses it.
///
/// @param script text for `/bin/sh`; it runs in a shell of its own, so `exit` and `cd` are free to
///     use
/// @param input what it reads on standard input
/// @param environment variables set for it alone
/// @param directory where it starts, the login directory when absent
/// @param limit how long it may take before it is killed and the host counts as failing
/// @param as which other user runs it; empty is the user who logged in
/// @param functions definitions of shell functions that the script calls, and nothing but
///     definitions. The same text for every task of a kind: a shell that has read it once keeps it
public record Command(
    String script,
    String input,
    Map<String, String> environment,
    Optional<String> directory,
    Duration limit,
    Optional<RunAs> as,
    List<String> functions) {

  /// Long enough for an installation, short enough to notice a hang within the day.
  public static final Duration DEFAULT_LIMIT = Duration.ofHours(1);

  public Command {
    environment = Map.copyOf(environment);
    functions = List.copyOf(functions);
  }

  public static Command of(String script) {
    return new Command(
        script, "", Map.of(), Optional.empty(), DEFAULT_LIMIT, Optional.empty(), List.of());
  }

  public Command withInput(String newInput) {
    return new Command(script, newInput, environment, directory, limit, as, functions);
  }

  public Command withLimit(Duration newLimit) {
    return new Command(script, input, environment, directory, newLimit, as, functions);
  }

  public Command in(String newDirectory) {
    return new Command(script, input, environment, Optional.of(newDirectory), limit, as, functions);
  }

  public Command runAs(Optional<RunAs> user) {
    return new Command(script, input, environment, directory, limit, user, functions);
  }

  public Command withFunctions(List<String> called) {
    return new Command(script, input, environment, directory, limit, as, called);
  }

  /// The same with more environment; what the command already sets wins.
  public Command withEnvironment(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(more);
    all.putAll(environment);
    return new Command(script, input, all, directory, limit, as, functions);
  }

  /// A word as the shell takes it literally, whatever is in it.
  public static String quote(String word) {
    if (!word.isEmpty() && word.chars().allMatch(Command::isPlain)) {
      return word;
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static boolean isPlain(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "_-./:@%+,=".indexOf(c) >= 0);
  }
}
