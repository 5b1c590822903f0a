package kk.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Collects what is wrong, so that one pass over all files reports everything at once.
public final class Problems {
  private final List<Problem> found = new ArrayList<>();
  private final Function<Problem, Optional<Problem>> judge;

  public Problems() {
    this(Optional::of);
  }

  /// Problems for somebody who takes some of them lightly.
  ///
  /// @param judge what becomes of a problem, nothing when it is none
  public Problems(Function<Problem, Optional<Problem>> judge) {
    this.judge = judge;
  }

  public void add(Problem problem) {
    judge.apply(problem).filter(judged -> !found.contains(judged)).ifPresent(found::add);
  }

  public void addAll(List<Problem> problems) {
    problems.forEach(this::add);
  }

  /// All problems so far by file and line: the same input gives the same list.
  public List<Problem> sorted() {
    return found.stream().sorted((one, other) -> one.at().compareTo(other.at())).toList();
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
