package kk.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import kk.playbook.Keyword;
import kk.playbook.Step;

/// A handler of a play with what it inherits.
///
/// @param section which list of handlers it stands in: a role's or the play's own, in the order in
///     which they came to the play
record Handler(Step step, StepContext context, int section) {

  private boolean isNameless() {
    return step.settings().find(Keyword.NAME).isEmpty();
  }

  /// What notifies it: its name and its topics, also behind the name of its role.
  ///
  /// @param name its name with templates rendered; nothing when that can't be done
  List<String> names(Optional<String> name) {
    List<String> names = new ArrayList<>(topics());
    name.ifPresent(own -> names.addAll(withRole(own)));
    return names;
  }

  private List<String> topics() {
    return step.settings().list(Keyword.LISTEN).stream()
        .flatMap(topic -> withRole(String.valueOf(topic)).stream())
        .toList();
  }

  /// A name alone, behind the role's, and behind the role's without its collection.
  private List<String> withRole(String name) {
    List<String> names = new ArrayList<>(List.of(name));
    context
        .roleName()
        .ifPresent(
            role -> {
              names.add(role + " : " + name);
              names.add(role.substring(role.lastIndexOf('.') + 1) + " : " + name);
            });
    return names;
  }

  /// The handlers that a notification reaches: one of that name, and all that listen. Of several
  /// with the same name the one in the last section counts, in a section the first one.
  ///
  /// @param naming renders a handler's name
  static List<Integer> notifiedBy(
      String notification, List<Handler> handlers, Function<Handler, Optional<String>> naming) {
    List<Integer> order =
        IntStream.range(0, handlers.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> handlers.get(i).section()).reversed())
            .toList();
    List<Integer> found = new ArrayList<>();
    order.stream()
        .filter(i -> isCalled(handlers.get(i), notification, naming))
        .findFirst()
        .ifPresent(found::add);
    Set<String> seen = new HashSet<>();
    for (int i : order) {
      Handler handler = handlers.get(i);
      if (handler.topics().contains(notification)
          && (handler.isNameless() || seen.add(handler.step().name()))
          && !found.contains(i)) {
        found.add(i);
      }
    }
    return found;
  }

  private static boolean isCalled(
      Handler handler, String notification, Function<Handler, Optional<String>> naming) {
    return !handler.isNameless()
        && naming
            .apply(handler)
            .map(name -> handler.withRole(name).contains(notification))
            .orElse(false);
  }
}
