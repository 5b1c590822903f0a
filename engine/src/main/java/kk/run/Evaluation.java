package kk.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.ArgumentBinder;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.template.EvaluationFailed;
import kk.template.Omit;
import kk.template.Printing;
import kk.template.Templates;
import kk.variables.HostVariables;
import org.jspecify.annotations.Nullable;

/// The values of keywords on one host.
record Evaluation(Settings settings, HostVariables variables, Templates templates) {

  /// The keyword's value, unless it isn't set or comes to `omit` or nothing.
  Optional<Object> value(Keyword keyword) {
    return settings
        .find(keyword)
        .flatMap(setting -> Optional.ofNullable(variables.resolve(setting.value())))
        .filter(value -> value != Omit.OMIT);
  }

  Optional<String> text(Keyword keyword) {
    return value(keyword).map(String::valueOf);
  }

  boolean truth(Keyword keyword) {
    return findTruth(keyword).orElse(false);
  }

  /// Whether the keyword is known to be true: what can't be told is told when the step is done.
  boolean isTrue(Keyword keyword) {
    try {
      return truth(keyword);
    } catch (EvaluationFailed e) {
      return false;
    }
  }

  /// A step's name for the user, as it is written when it can't be rendered.
  String nameOf(Step step) {
    try {
      return text(Keyword.NAME).orElse(step.name());
    } catch (EvaluationFailed e) {
      return step.name();
    }
  }

  Optional<Boolean> findTruth(Keyword keyword) {
    return value(keyword)
        .map(
            value ->
                ArgumentBinder.truth(value)
                    .orElseThrow(
                        () ->
                            new EvaluationFailed(
                                wrong(
                                    keyword,
                                    "`"
                                        + keyword.written()
                                        + "` comes to `"
                                        + value
                                        + "`, which is not a valid boolean"))));
  }

  /// A number that may be written as text.
  Optional<Double> number(Keyword keyword) {
    return value(keyword)
        .map(
            value -> {
              try {
                return Double.valueOf(value.toString().strip());
              } catch (NumberFormatException e) {
                throw new EvaluationFailed(
                    wrong(
                        keyword,
                        "`"
                            + keyword.written()
                            + "` comes to `"
                            + value
                            + "`, which is no number"));
              }
            });
  }

  /// Texts, those that are lists opened up.
  List<String> texts(Keyword keyword) {
    List<String> texts = new ArrayList<>();
    for (Object raw : settings.list(keyword)) {
      Object value = variables.resolve(raw);
      if (value instanceof List<?> list) {
        list.forEach(item -> texts.add(String.valueOf(item)));
      } else if (value != null && value != Omit.OMIT) {
        texts.add(String.valueOf(value));
      }
    }
    return texts;
  }

  /// Environment variables; a value that is `omit` is left out.
  ///
  /// @param early whether facts are yet to come: a value that needs them is left out too
  Map<String, String> environment(boolean early) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (Object raw : settings.list(Keyword.ENVIRONMENT)) {
      if (raw instanceof Map<?, ?> map) {
        map.forEach(
            (name, value) ->
                variable(value, early)
                    .ifPresent(text -> environment.put(String.valueOf(name), text)));
      }
    }
    for (Map<?, ?> map : mappings(Keyword.ENVIRONMENT, Template.class)) {
      map.forEach((name, value) -> environment.put(String.valueOf(name), Printing.text(value)));
    }
    return environment;
  }

  private Optional<String> variable(@Nullable Object raw, boolean early) {
    try {
      Object value = variables.resolve(raw);
      return value == Omit.OMIT ? Optional.empty() : Optional.of(Printing.text(value));
    } catch (EvaluationFailed e) {
      if (early && e.problem().id().equals("undefined-variable")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The mappings that a keyword holds, the outermost first.
  List<Map<?, ?>> mappings(Keyword keyword) {
    return mappings(keyword, Object.class);
  }

  private List<Map<?, ?>> mappings(Keyword keyword, Class<?> written) {
    List<Map<?, ?>> mappings = new ArrayList<>();
    for (Object raw : settings.list(keyword)) {
      if (!written.isInstance(raw)) {
        continue;
      }
      Object value = variables.resolve(raw);
      if (value instanceof Map<?, ?> map) {
        mappings.add(map);
      } else if (value != null && value != Omit.OMIT && !value.equals("")) {
        throw new EvaluationFailed(
            wrong(
                keyword,
                "`" + keyword.written() + "` comes to `" + value + "`, which is no mapping"));
      }
    }
    return mappings;
  }

  boolean isSet(Keyword keyword) {
    return settings.find(keyword).isPresent();
  }

  /// The first of the keyword's conditions that doesn't hold.
  Optional<Expression> failingCondition(Keyword keyword) {
    for (Object condition : settings.list(keyword)) {
      Expression expression = (Expression) condition;
      if (!templates.holds(expression, variables)) {
        return Optional.of(expression);
      }
    }
    return Optional.empty();
  }

  boolean holds(Keyword keyword) {
    return failingCondition(keyword).isEmpty();
  }

  private Problem wrong(Keyword keyword, String title) {
    return Problem.of("wrong-value", settings.find(keyword).orElseThrow().at(), title);
  }

  /// A value as text, when there is one.
  static String textOf(@Nullable Object value) {
    return Printing.output(value);
  }
}
