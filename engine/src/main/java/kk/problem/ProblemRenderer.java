package kk.problem;

import kk.source.Span;

/// Draws a problem as text: title, source line with a caret frame, notes, hint.
public final class ProblemRenderer {
  private ProblemRenderer() {}

  /// Several lines, the last one with a line break.
  public static String render(Problem problem) {
    StringBuilder out = new StringBuilder();
    out.append(problem.isError() ? "error" : "warning")
        .append('[')
        .append(problem.id())
        .append("]: ")
        .append(problem.title())
        .append('\n');
    Span at = problem.at();
    out.append(" --> ").append(at).append('\n');
    String margin = " ";
    if (at.line() > 0 && at.source().isHidden()) {
      out.append(margin).append("= the file is encrypted, so its lines are not shown\n");
    } else if (at.line() > 0) {
      String number = Integer.toString(at.line());
      margin = " ".repeat(number.length()) + " ";
      String line = at.source().line(at.line());
      int start = Math.min(at.column() - 1, line.length());
      int carets = Math.max(1, Math.min(at.length(), line.length() - start));
      out.append(margin).append("|\n");
      out.append(number).append(" | ").append(line.replace('\t', ' ')).append('\n');
      out.append(margin)
          .append("| ")
          .append(" ".repeat(start))
          .append("^".repeat(carets))
          .append('\n');
    }
    for (String note : problem.notes()) {
      out.append(margin).append("= ").append(note).append('\n');
    }
    problem.hint().ifPresent(hint -> out.append("  hint: ").append(hint).append('\n'));
    return out.toString();
  }
}
