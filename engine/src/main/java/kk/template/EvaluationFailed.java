package kk.template;

import kk.problem.Problem;

/// A template or expression can't be evaluated with the variables at hand. Carries a located
/// problem, which the caller completes with what it knows: task, role, host.
public final class EvaluationFailed extends RuntimeException {
  private final transient Problem problem;

  public EvaluationFailed(Problem problem) {
    super(problem.title());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
