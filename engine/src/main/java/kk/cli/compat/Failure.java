package kk.cli.compat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.problem.Problem;

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

  static Failure of(Problem problem) {
    int code =
        switch (problem.id()) {
          case "unknown-handler", "unknown-role", "no-hosts", "missing-file" -> ERROR;
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
      case "unknown-role" -> "the role '" + name + "' was not found";
      case "unknown-module" ->
          "couldn't resolve module/action '"
              + name
              + "'. This often indicates a misspelling, missing collection, or incorrect module"
              + " path.";
      case "duplicate-key" -> "found a duplicate dict key (" + name + ").";
      default -> problem.title();
    };
  }

  private static String said(Problem problem) {
    StringBuilder text = new StringBuilder(title(problem));
    if (problem.at().line() > 0) {
      text.append("\n\nThe error appears to be in '")
          .append(problem.at().source().name())
          .append("': line ")
          .append(problem.at().line())
          .append(", column ")
          .append(problem.at().column())
          .append(", but may\nbe elsewhere in the file depending on the exact syntax problem.\n");
    }
    return text.toString();
  }
}
