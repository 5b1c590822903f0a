package kk.problem;

import java.util.List;

/// Work cannot go on because of problems in what the user gave. The only exception that carries
/// problems; the command line renders them and ends with the matching exit code.
public final class ProblemsFound extends RuntimeException {
  private final transient List<Problem> problems;

  public ProblemsFound(List<Problem> problems) {
    super(problems.isEmpty() ? "" : problems.getFirst().title());
    this.problems = List.copyOf(problems);
  }

  public ProblemsFound(Problem problem) {
    this(List.of(problem));
  }

  public List<Problem> problems() {
    return problems;
  }
}
