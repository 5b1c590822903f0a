package kk.modules;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Details;
import kk.spi.HostAccess;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// One run of a user's command, in one round trip, with the answer Ansible gives.
///
/// @param script shell that runs it
/// @param cmd the command as the result shows it: a line, or its words
/// @param conditions whether and where to run it
/// @param input what it reads
/// @param strips whether line breaks at the end of its output go
record Execution(String script, Object cmd, Conditions conditions, String input, boolean strips) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern(":mm:ss.SSSSSS");

  /// Whether and where to run a command.
  ///
  /// @param chdir directory to change to
  /// @param creates a pattern for a path; when there is one, nothing runs
  /// @param removes a pattern for a path; when there is none, nothing runs
  /// @param skips whether the task is skipped when nothing runs; patterns are plain paths then
  record Conditions(
      Optional<String> chdir, Optional<String> creates, Optional<String> removes, boolean skips) {
    Conditions(Optional<String> chdir, Optional<String> creates, Optional<String> removes) {
      this(chdir, creates, removes, false);
    }

    boolean none() {
      return creates.isEmpty() && removes.isEmpty();
    }

    /// Shell that ends with [#NOT_RUN] and the reason when nothing is to run.
    String shell() {
      StringBuilder text = new StringBuilder();
      chdir.ifPresent(
          directory -> {
            String word = Script.path(directory);
            text.append("cd ").append(word).append(" || exit 2\n");
          });
      if (!none()) {
        text.append(
            skips
                ? "kk_there() { [ -e \"$1\" ]; }\n"
                : "kk_there() { IFS=; for f in $1; do [ -e \"$f\" ] && return; done; return 1; }\n");
        creates.ifPresent(
            path ->
                text.append("if (kk_there " + Script.path(path) + "); then ")
                    .append(
                        end(
                            skips
                                ? path + " exists, matching creates option"
                                : "since '" + path + "' exists")));
        removes.ifPresent(
            path ->
                text.append("if ! (kk_there " + Script.path(path) + "); then ")
                    .append(
                        end(
                            skips
                                ? path + " does not exist, matching removes option"
                                : "since '" + path + "' does not exist")));
      }
      return text.toString();
    }

    private static String end(String why) {
      return "printf %s " + Command.quote(NOT_RUN + why) + "; exit 0; fi\n";
    }
  }

  /// What a script says before it ends because the program isn't there.
  static final String NOT_THERE = "kk: nothing ran, ";

  private static final String NOT_RUN = "kk: nothing ran, ";

  /// Standard input as a user gave it.
  static String input(Optional<String> text, boolean addsNewline) {
    return text.map(t -> addsNewline ? t + "\n" : t).orElse("");
  }

  Outcome run(HostAccess host) throws UnreachableException, InterruptedException {
    LocalDateTime start = LocalDateTime.now(java.time.ZoneId.systemDefault());
    Command command = Command.of(conditions.shell() + script).withInput(input);
    Optional<CommandResult> ran = host.change("run " + line(), touch -> touch.run(command));
    if (ran.isPresent()) {
      return outcome(ran.get(), start);
    }
    String would = "Command would have run if not in check mode";
    if (conditions.none()) {
      return new Outcome.Skipped(would, details(0, "", "", start, Duration.ZERO));
    }
    CommandResult looked = host.look(Command.of(conditions.shell()));
    if (!looked.succeeded()) {
      throw new TaskFailed(looked.stderr().strip());
    }
    return looked.stdout().startsWith(NOT_RUN)
        ? notRun(looked, start, "Would")
        : new Outcome.Changed(details(0, "", "", start, Duration.ZERO).with("msg", would));
  }

  private Outcome outcome(CommandResult result, LocalDateTime start) {
    if (!conditions.none() && result.succeeded() && result.stdout().startsWith(NOT_RUN)) {
      return notRun(result, start, "Did");
    }
    Details details =
        details(result.exit(), result.stdout(), result.stderr(), start, result.took());
    if (result.succeeded()) {
      return new Outcome.Changed(details);
    }
    if (result.stderr().startsWith(NOT_THERE)) {
      String why = result.stderr().substring(NOT_THERE.length()).strip();
      Details nothing = details(result.exit(), "", "", start, result.took());
      return new Outcome.Failed(why, nothing.with("msg", why));
    }
    // whoever runs commands can't know what a failed one has done
    return new Outcome.Failed(
        "non-zero return code", details.with("msg", "non-zero return code").with("changed", true));
  }

  private Outcome notRun(CommandResult result, LocalDateTime start, String verb) {
    String why = result.stdout().substring(NOT_RUN.length());
    if (conditions.skips()) {
      return new Outcome.Skipped(why, Details.of("msg", why));
    }
    return new Outcome.Unchanged(
        details(0, "skipped, " + why, "", start, result.took())
            .with("msg", verb + " not run command " + why));
  }

  private Details details(
      int rc, String stdout, String stderr, LocalDateTime start, Duration took) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("cmd", cmd);
    values.put("rc", (long) rc);
    String out = strips ? strip(stdout) : stdout;
    String err = strips ? strip(stderr) : stderr;
    values.put("stdout", out);
    values.put("stderr", err);
    values.put("stdout_lines", lines(out));
    values.put("stderr_lines", lines(err));
    values.put("start", TIME.format(start));
    values.put("end", TIME.format(start.plus(took)));
    values.put("delta", took.toHours() + MINUTES.format(LocalTime.MIDNIGHT.plus(took)));
    return Details.of(values);
  }

  private String line() {
    String text =
        cmd instanceof List<?> words
            ? String.join(" ", words.stream().map(String::valueOf).toList())
            : cmd.toString();
    return text.lines().findFirst().orElse("").strip();
  }

  static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : text.lines().toList();
  }

  private static String strip(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
