package kk.run;

import java.util.Optional;

/// Asks the user.
public interface Prompter {
  /// Nobody is there to answer.
  Prompter NOBODY = (question, hidden) -> Optional.empty();

  /// The answer to a question.
  ///
  /// @param hidden whether the answer isn't shown while it is typed
  /// @return nothing when there is no terminal
  Optional<String> ask(String question, boolean hidden);
}
