package kk.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  private boolean isNameless() {
    return step.settings().find(Keyword.NAME).isEmpty();
  }

  /// The handlers that a notification reaches. Of several with the same name the last one counts,
  /// whether it is asked for by that name or listens.
  static List<Integer> notifiedBy(String name, List<Handler> handlers) {
    List<Integer> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean named = false;
    for (int i = handlers.size() - 1; i >= 0; i--) {
      Handler handler = handlers.get(i);
      boolean listens =
          handler.step().settings().list(Keyword.LISTEN).stream()
              .anyMatch(topic -> String.valueOf(topic).equals(name));
      if (listens && (handler.isNameless() || seen.add(handler.step().name()))) {
        found.add(i);
      } else if (!listens && !named && handler.names().contains(name)) {
        named = true;
        found.add(i);
      }
    }
    return found;
  }
}
