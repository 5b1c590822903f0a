package kk.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong, so that one pass over all files reports everything at once.
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  public void addAll(List<Problem> problems) {
    problems.forEach(this::add);
  }

  /// All problems so far by file and line: the same input gives the same list.
  public List<Problem> sorted() {
    return found.stream().sorted(Comparator.comparing(Problem::at)).toList();
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Problem::isError);
  }

  /// All problems so far, which are then forgotten: somebody else deals with them.
  public List<Problem> drain() {
    List<Problem> drained = sorted();
    found.clear();
    return drained;
  }

  /// Ends the reading when there was an error.
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new ProblemsFound(sorted());
    }
  }
}
