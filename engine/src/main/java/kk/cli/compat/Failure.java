package kk.cli.compat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.problem.Problem;
import kk.source.Source;

/// A problem in Ansible's words, and the exit code it ends with.
///
/// @param text the sentence behind `ERROR! `
record Failure(int exitCode, String text) {
  private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");

  /// Something wrong that isn't a playbook's syntax.
  static final int ERROR = 1;

  /// A playbook that can't be read.
  static final int PARSER = 4;

  /// A wrong command line.
  static final int OPTIONS = 5;

  /// Wrong forms for which Ansible has words of its own, by what kk says about them.
  private static final Map<Pattern, String> FORMS =
      Map.of(
          Pattern.compile("`(\\w+)` takes a list of tasks, not `?(.*?)`?$"),
          "A malformed block was encountered while loading $1: $2 should be a list or None",
          Pattern.compile("`(.*)` can't be a variable"),
          "Invalid variable name in 'register' specified: '$1'",
          Pattern.compile("a list of roles is expected.*"),
          "A malformed role declaration was encountered.",
          Pattern.compile("an entry of `vars_prompt` has no `name`"),
          "Invalid vars_prompt data structure, missing 'name' key",
          Pattern.compile("an entry of `vars_prompt` has no key `(.*)`"),
          "Invalid vars_prompt data structure, found unsupported key '$1'",
          Pattern.compile("both `user` and `remote_user` are set for this play"),
          "both 'user' and 'remote_user' are set for this play. The use of 'user' is deprecated.",
          Pattern.compile("a playbook (must contain at least one play)"),
          "A playbook $1");

  private static final Pattern MISSING_KEY = Pattern.compile("^.* has no key `(.*)`$");

  private static String form(String title) {
    return FORMS.entrySet().stream()
        .map(form -> Map.entry(form.getKey().matcher(title), form.getValue()))
        .filter(form -> form.getKey().matches())
        .map(form -> form.getKey().replaceFirst(form.getValue()))
        .findFirst()
        .orElse(title);
  }

  /// What the result of a task says that came to nothing by a problem.
  static String ofTask(Problem problem) {
    return problem.id().equals("undefined-variable")
        ? "The task includes an option with an undefined variable. The error was: "
            + MISSING_KEY
                .matcher(problem.title())
                .replaceFirst("'dict object' has no attribute '$1'")
        : problem.title();
  }

  static Failure of(Problem problem) {
    int code =
        switch (problem.id()) {
          case "unknown-handler", "unknown-role", "no-hosts", "missing-file", "reserved-name" ->
              ERROR;
          case "wrong-handler" -> problem.title().startsWith("`flush_handlers`") ? ERROR : PARSER;
          default -> PARSER;
        };
    return new Failure(code, said(problem));
  }

  /// What tools look for in Ansible's output, for the problems that have a fixed wording there.
  private static String title(Problem problem) {
    Matcher named = QUOTED.matcher(problem.title());
    String name = named.find() ? named.group(1) : "";
    return switch (problem.id()) {
      case "unknown-handler" ->
          "The requested handler '"
              + name
              + "' was not found in either the main handlers list nor in the listening handlers"
              + " list";
      case "unknown-keyword" -> {
        String[] words = problem.title().split(" ", -1);
        String place = words[words.length - 1];
        yield "'"
            + name
            + "' is not a valid attribute for a "
            + switch (place) {
              case "play" -> "Play";
              case "block" -> "Block";
              case "include" -> "TaskInclude";
              case "handler" -> "Handler";
              case "entry" -> "RoleDefinition";
              default -> "Task";
            };
      }
      case "unknown-role" ->
          name.contains(",")
              ? "Invalid old style role requirement: " + name
              : "the role '" + name + "' was not found";
      case "wrong-form" -> form(problem.title());
      case "wrong-handler" ->
          name.isEmpty()
              ? "Using a block as a handler is not supported."
              : name.equals("flush_handlers")
                  ? "flush_handlers cannot be used as a handler"
                  : name.equals("end_role")
                      ? "Cannot execute 'end_role' from a handler"
                      : "Using '" + name + "' as a handler is not supported.";
      case "unknown-meta" ->
          name.equals("end_role")
              ? "Cannot execute 'end_role' from outside of a role"
              : problem.title();
      case "missing-argument" ->
          problem.title().endsWith("names no file")
              ? "No file specified for " + name
              : problem.title();
      case "reserved-name" -> "The variable name '" + name + "' is reserved for internal use only.";
      case "missing-hosts" ->
          problem.title().endsWith("empty")
              ? "Hosts list cannot be empty. Please check your playbook"
              : "the field 'hosts' is required but was not set";
      case "unknown-module" ->
          "couldn't resolve module/action '"
              + name
              + "'. This often indicates a misspelling, missing collection, or incorrect module"
              + " path.";
      case "duplicate-key" -> "found a duplicate dict key (" + name + ").";
      default -> problem.title();
    };
  }

  /// A problem that Ansible only warns of.
  static Problem asWarning(Problem problem) {
    String where =
        problem.at().source().name()
            + ", line "
            + problem.at().line()
            + ", column "
            + problem.at().column();
    return Problem.warning(
        "duplicate-key",
        problem.at(),
        "While constructing a mapping from "
            + where
            + ", "
            + title(problem)
            + " Using last defined value only.");
  }

  private static String said(Problem problem) {
    StringBuilder text = new StringBuilder(title(problem));
    if (problem.at().line() > 0) {
      text.append("\n\nThe error appears to be in '")
          .append(path(problem.at().source()))
          .append("': line ")
          .append(problem.at().line())
          .append(", column ")
          .append(problem.at().column())
          .append(", but may\nbe elsewhere in the file depending on the exact syntax problem.\n")
          .append("\nThe offending line appears to be:\n\n");
      if (problem.at().line() > 1) {
        text.append(problem.at().source().line(problem.at().line() - 1)).append('\n');
      }
      text.append(problem.at().source().line(problem.at().line()))
          .append('\n')
          .append(" ".repeat(Math.max(0, problem.at().column() - 1)))
          .append("^ here\n");
    }
    return text.toString();
  }

  /// The file's whole path; what has no file has a name all the same.
  private static String path(Source source) {
    Path path = Path.of(source.name()).toAbsolutePath().normalize();
    return Files.exists(path) ? path.toString() : source.name();
  }
}
