package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs lookups. A lookup is an [Operation] whose input is the list of its terms.
final class Lookups {
  private Lookups() {}

  /// `lookup('name', terms…)`, or `query` when a list is wanted.
  static @Nullable Object lookup(Arguments args, boolean wantsList) {
    Map<String, @Nullable Object> options = new LinkedHashMap<>(args.other());
    boolean asList = Values.isTrue(options.remove("wantlist")) || wantsList;
    Object errors = options.remove("errors");
    List<@Nullable Object> found;
    try {
      found = run(args.text("name"), Values.copy(args.more()), options, args.evaluator(), null);
    } catch (Refusal | EvaluationFailed e) {
      if (errors == null
          || errors.equals("strict")
          || (e instanceof Refusal refusal && refusal.id().equals("unknown-lookup"))) {
        throw e;
      }
      return asList ? new ArrayList<>() : null;
    }
    return asList ? found : joined(found);
  }

  private static @Nullable Object joined(List<@Nullable Object> found) {
    if (!found.isEmpty() && found.stream().allMatch(String.class::isInstance)) {
      return String.join(",", found.stream().map(Printing::text).toList());
    }
    return found.size() == 1 ? found.getFirst() : found;
  }

  /// @param node whom to blame, or null for the node that is being evaluated
  static List<@Nullable Object> run(
      String name,
      List<@Nullable Object> terms,
      Map<String, @Nullable Object> options,
      Evaluator evaluator,
      @Nullable Node node) {
    Operation operation = evaluator.session().library().lookups().find(name);
    if (operation == null) {
      throw Refusal.unknown("lookup", name);
    }
    if (evaluator.session().library().manners().ignoresUnknownOptions()
        && !operation.signature().takesAnyName()) {
      options.keySet().retainAll(operation.signature().names());
    }
    Object found =
        node == null
            ? operation
                .body()
                .apply(terms, Arguments.match(operation, List.of(), options, evaluator))
            : evaluator.apply(operation, terms, List.of(), options, node);
    return Values.copy((List<?>) Objects.requireNonNull(found));
  }
}
