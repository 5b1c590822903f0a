package kk.template;

import java.util.function.Supplier;
import kk.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The value of something that isn't there. Asking whether it is defined is fine, an attribute of
/// it is undefined too, and any other use fails with the problem it carries.
///
/// @param problem says what is missing and where; made only when it is used
/// @param silent whether it prints as nothing, as an `if` without `else` does
record Undefined(Supplier<Problem> problem, boolean silent) {

  EvaluationFailed failure() {
    return new EvaluationFailed(problem.get());
  }

  /// The value itself, unless it is undefined.
  static @Nullable Object refuse(@Nullable Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    return value;
  }
}
