package kk.report;

import kk.run.TaskResult;

/// What things look like. The only place that knows colours.
public enum Theme {
  /// Without any colour.
  PLAIN,
  /// With the sixteen colours that every terminal has.
  COLOURED;

  public String status(TaskResult.Status status, String text) {
    return switch (status) {
      case OK -> paint("32", text);
      case CHANGED -> paint("33", text);
      case SKIPPED -> paint("36", text);
      case FAILED, UNREACHABLE -> paint("31;1", text);
    };
  }

  public String title(String text) {
    return paint("1", text);
  }

  public String dim(String text) {
    return paint("2", text);
  }

  public String error(String text) {
    return paint("31;1", text);
  }

  public String warning(String text) {
    return paint("33", text);
  }

  public String added(String text) {
    return paint("32", text);
  }

  public String removed(String text) {
    return paint("31", text);
  }

  private String paint(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
