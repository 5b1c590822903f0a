package kk.cli.compat;

import kk.problem.Problem;

/// A problem in Ansible's words, and the exit code it ends with.
///
/// @param text the sentence behind `ERROR! `
record Failure(int exitCode, String text) {
  /// Something wrong that isn't a playbook's syntax.
  static final int ERROR = 1;

  /// A playbook that can't be read.
  static final int PARSER = 4;

  /// A wrong command line.
  static final int OPTIONS = 5;

  static Failure of(Problem problem) {
    int code =
        switch (problem.id()) {
          case "unknown-handler", "unknown-role", "no-hosts", "missing-file", "undefined" -> ERROR;
          default -> PARSER;
        };
    return new Failure(code, said(problem));
  }

  private static String said(Problem problem) {
    StringBuilder text = new StringBuilder(problem.title());
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
