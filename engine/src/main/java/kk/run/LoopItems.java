package kk.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import kk.playbook.Expression;
import kk.playbook.Loop;
import kk.problem.Problem;
import kk.template.EvaluationFailed;
import kk.template.Templates;
import kk.variables.HostVariables;
import kk.variables.Layer;
import org.jspecify.annotations.Nullable;

/// The items a loop runs over.
final class LoopItems {
  /// Loops that need a list: a mapping in its place is most likely a mistake.
  private static final Set<String> OF_LISTS =
      Set.of("list", "indexed_items", "together", "nested", "cartesian", "flattened");

  private LoopItems() {}

  /// @throws EvaluationFailed when they can't be computed or are no list
  static List<?> of(Loop loop, HostVariables variables, Templates templates) {
    // what is undefined among the candidates of `first_found` is no candidate
    boolean lenient = loop.lookup().filter("first_found"::equals).isPresent();
    @Nullable Object value =
        lenient ? variables.render(loop.items()) : variables.resolve(loop.items());
    if (loop.lookup().isEmpty()) {
      if (value instanceof List<?> list) {
        return list;
      }
      throw new EvaluationFailed(
          Problem.of("loop-of-no-list", loop.at(), "`loop` takes a list")
              .note("it came to " + (value == null ? "nothing" : "`" + value + "`"))
              .hint("`dict2items` makes a list of a mapping"));
    }
    if (value == null) {
      throw new EvaluationFailed(
          Problem.of("loop-of-no-list", loop.at(), "there is nothing to loop over"));
    }
    if (value instanceof Map<?, ?> && OF_LISTS.contains(loop.lookup().get())) {
      throw new EvaluationFailed(
          Problem.of(
                  "loop-of-no-list", loop.at(), "with_" + loop.lookup().get() + " expects a list")
              .hint("`dict2items` makes a list of a mapping"));
    }
    return loop.lookup().get().equals("items")
        ? flattenedOnce(value)
        : lookedUp(loop, value, variables, templates);
  }

  private static List<?> flattenedOnce(Object value) {
    List<Object> items = new ArrayList<>();
    for (Object item : value instanceof List<?> list ? list : List.of(value)) {
      if (item instanceof List<?> inner) {
        items.addAll(inner);
      } else {
        items.add(item);
      }
    }
    return items;
  }

  private static List<?> lookedUp(
      Loop loop, Object value, HostVariables variables, Templates templates) {
    Map<String, Object> terms = new LinkedHashMap<>();
    StringJoiner call =
        new StringJoiner(", ", "query('" + loop.lookup().orElseThrow() + "', ", ")");
    boolean spread = !loop.lookup().get().equals("first_found") && value instanceof List<?>;
    List<?> list = spread ? (List<?>) value : List.of(value);
    for (int i = 0; i < list.size(); i++) {
      terms.put("kk_loop_term_" + i, list.get(i));
      call.add("kk_loop_term_" + i);
    }
    Object items =
        templates.evaluate(
            new Expression(call.toString(), loop.at()),
            variables.with(Layer.data("the loop", terms)));
    return items instanceof List<?> result ? result : List.of(items);
  }
}
