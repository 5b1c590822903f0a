package kk.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.playbook.Keyword;
import kk.playbook.Step;

/// A handler of a play with what it inherits.
record Handler(Step step, StepContext context) {

  /// The names that notify it: its own, its own behind its role's, and those it listens to.
  List<String> names() {
    List<String> names = new ArrayList<>();
    String name = step.name();
    names.add(name);
    context.roleName().ifPresent(role -> names.add(role + " : " + name));
    step.settings().list(Keyword.LISTEN).forEach(topic -> names.add(String.valueOf(topic)));
    return names;
  }

  /// The handlers that a notification reaches. Of several with the same name the last counts; all
  /// that listen do.
  static List<Integer> notifiedBy(String name, List<Handler> handlers) {
    List<Integer> found = new ArrayList<>();
    Optional<Integer> named = Optional.empty();
    for (int i = 0; i < handlers.size(); i++) {
      Handler handler = handlers.get(i);
      boolean listens =
          handler.step().settings().list(Keyword.LISTEN).stream()
              .anyMatch(topic -> String.valueOf(topic).equals(name));
      if (listens) {
        found.add(i);
      } else if (handler.names().contains(name)) {
        named = Optional.of(i);
      }
    }
    named.ifPresent(found::add);
    return found;
  }
}
