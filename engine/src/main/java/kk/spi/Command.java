package kk.spi;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A POSIX shell script to run on a host, with what it needs. Never holds a secret in the script
/// itself: scripts can show up in a process list, standard input can't.
///
/// @param script text for `/bin/sh`; it runs in a shell of its own, so `exit` and `cd` are free to
///     use
/// @param input what it reads on standard input
/// @param environment variables set for it alone
/// @param directory where it starts, the login directory when absent
/// @param limit how long it may take before it is killed and the host counts as failing
/// @param as which other user runs it; empty is the user who logged in
public record Command(
    String script,
    String input,
    Map<String, String> environment,
    Optional<String> directory,
    Duration limit,
    Optional<RunAs> as) {

  /// Long enough for an installation, short enough to notice a hang within the day.
  public static final Duration DEFAULT_LIMIT = Duration.ofHours(1);

  public Command {
    environment = Map.copyOf(environment);
  }

  public static Command of(String script) {
    return new Command(script, "", Map.of(), Optional.empty(), DEFAULT_LIMIT, Optional.empty());
  }

  public Command withInput(String newInput) {
    return new Command(script, newInput, environment, directory, limit, as);
  }

  public Command withLimit(Duration newLimit) {
    return new Command(script, input, environment, directory, newLimit, as);
  }

  public Command in(String newDirectory) {
    return new Command(script, input, environment, Optional.of(newDirectory), limit, as);
  }

  public Command runAs(Optional<RunAs> user) {
    return new Command(script, input, environment, directory, limit, user);
  }

  /// The same with more environment; what the command already sets wins.
  public Command withEnvironment(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(more);
    all.putAll(environment);
    return new Command(script, input, all, directory, limit, as);
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
