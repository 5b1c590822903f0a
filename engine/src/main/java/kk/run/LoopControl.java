package kk.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.ArgumentBinder;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.Settings;
import kk.playbook.Template;
import kk.source.Span;
import kk.template.EvaluationFailed;
import kk.template.Omit;
import kk.template.Templates;
import kk.variables.HostVariables;
import org.jspecify.annotations.Nullable;

/// What a loop brings along besides its items: names, label, pause.
record LoopControl(
    String variable,
    Optional<String> index,
    @Nullable Object label,
    double pause,
    boolean extended,
    boolean tellsAllItems,
    List<Expression> breaks) {

  static LoopControl of(Settings settings, HostVariables variables) {
    Map<String, Object> written = settings.map(Keyword.LOOP_CONTROL);
    return new LoopControl(
        text(written, "loop_var", variables).orElse("item"),
        text(written, "index_var", variables),
        written.get("label"),
        text(written, "pause", variables).map(Double::valueOf).orElse(0.0),
        truth(written, "extended", variables, false),
        truth(written, "extended_allitems", variables, true),
        conditions(written.get("break_when"), settings));
  }

  private static List<Expression> conditions(@Nullable Object written, Settings settings) {
    List<?> texts =
        written instanceof List<?> list ? list : written == null ? List.of() : List.of(written);
    Span at = settings.find(Keyword.LOOP_CONTROL).map(Settings.Setting::at).orElse(null);
    return at == null
        ? List.of()
        : texts.stream()
            .map(text -> text instanceof Template template ? template.text() : String.valueOf(text))
            .map(text -> new Expression(text, at))
            .toList();
  }

  private static boolean truth(
      Map<String, Object> written, String key, HostVariables variables, boolean otherwise) {
    return Optional.ofNullable(variables.resolve(written.get(key)))
        .flatMap(ArgumentBinder::truth)
        .orElse(otherwise);
  }

  /// Whether the loop ends here: one of the conditions of `break_when` holds.
  boolean isOver(HostVariables variables, Templates templates) {
    return !breaks.isEmpty()
        && breaks.stream().allMatch(condition -> templates.holds(condition, variables));
  }

  private static Optional<String> text(
      Map<String, Object> written, String key, HostVariables variables) {
    return Optional.ofNullable(variables.resolve(written.get(key)))
        .filter(value -> value != Omit.OMIT)
        .map(String::valueOf);
  }

  Map<String, Object> variables(List<?> list, int at) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put(variable, list.get(at));
    variables.put("ansible_loop_var", variable);
    index.ifPresent(name -> variables.put(name, (long) at));
    index.ifPresent(name -> variables.put("ansible_index_var", name));
    if (extended) {
      variables.put("ansible_loop", extended(list, at));
    }
    return variables;
  }

  private Map<String, Object> extended(List<?> list, int at) {
    long size = list.size();
    Map<String, Object> loop = new LinkedHashMap<>();
    if (tellsAllItems) {
      loop.put("allitems", list);
    }
    loop.put("index", at + 1L);
    loop.put("index0", (long) at);
    loop.put("first", at == 0);
    loop.put("last", at == size - 1);
    loop.put("length", size);
    loop.put("revindex", size - at);
    loop.put("revindex0", size - at - 1);
    if (at > 0) {
      loop.put("previtem", list.get(at - 1));
    }
    if (at < size - 1) {
      loop.put("nextitem", list.get(at + 1));
    }
    return loop;
  }

  void pauseBefore(int at) throws InterruptedException {
    if (at > 0 && pause > 0) {
      Thread.sleep(Duration.ofMillis(Math.round(pause * 1000)));
    }
  }

  /// What an item is called in what the user sees.
  ///
  /// @param variables with the item's result, when it is registered
  /// @throws EvaluationFailed when the label can't be rendered
  String label(HostVariables variables, @Nullable Object item) {
    return Evaluation.textOf(label == null ? item : variables.resolve(label));
  }
}
