package kk.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.source.Span;

/// Something that is wrong in a file or an argument the user gave, told so that it can be mended.
///
/// How to word one: the title is a single sentence without a full stop that names what is wrong,
/// with backticks around what the user typed. The source line is shown beneath it, so it is not
/// repeated. What would have been right goes into a note, what to do next into the hint. A secret
/// is never part of any of them.
///
/// @param id stable, in lower case with dashes; `kk explain ID` tells more
/// @param severity only an [Severity#ERROR] keeps a run from starting
/// @param at where it is
/// @param title what is wrong
/// @param notes further facts, each a line
/// @param hint the way out, when there is a likely one
public record Problem(
    String id,
    Severity severity,
    Span at,
    String title,
    List<String> notes,
    Optional<String> hint) {

  /// How bad it is.
  public enum Severity {
    ERROR,
    WARNING
  }

  public Problem {
    notes = List.copyOf(notes);
  }

  public static Problem of(String id, Span at, String title) {
    return new Problem(id, Severity.ERROR, at, title, List.of(), Optional.empty());
  }

  public static Problem warning(String id, Span at, String title) {
    return new Problem(id, Severity.WARNING, at, title, List.of(), Optional.empty());
  }

  /// The same with one more note.
  public Problem note(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Problem(id, severity, at, title, more, hint);
  }

  /// The same with a hint.
  public Problem hint(String newHint) {
    return new Problem(id, severity, at, title, notes, Optional.of(newHint));
  }

  /// The same, with "did you mean" when one of the names that would be right is close to the one
  /// given.
  public Problem suggest(String given, Iterable<String> candidates) {
    return Similar.to(given, candidates)
        .map(name -> hint("did you mean `" + name + "`?"))
        .orElse(this);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
