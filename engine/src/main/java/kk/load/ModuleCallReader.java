package kk.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kk.bind.ArgumentSchema;
import kk.bind.Installed;
import kk.playbook.Expression;
import kk.playbook.ModuleCall;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Span;
import kk.template.Templates;
import kk.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/// Reads the call of a module.
final class ModuleCallReader {
  private final Installed installed;
  private final SettingsReader settings;
  private final Templates templates;
  private final Checks checks;
  private final Problems problems;

  ModuleCallReader(
      Installed installed,
      SettingsReader settings,
      Templates templates,
      Checks checks,
      Problems problems) {
    this.checks = checks;
    this.installed = installed;
    this.settings = settings;
    this.templates = templates;
    this.problems = problems;
  }

  /// The short name of a module that may be written with its collection: `ansible.builtin.copy`.
  static String shortName(String written) {
    return written.replaceFirst(
        "^ansible\\.(builtin|legacy|posix)\\.|^community\\.(general|docker)\\.", "");
  }

  boolean isModule(String written) {
    return installed.module(shortName(written)).isPresent();
  }

  /// Reads a call.
  ///
  /// @param args what the keyword `args` holds: a mapping or a template of one, which completes the
  ///     arguments
  ModuleCall read(YamlNode.Scalar name, YamlNode value, @Nullable Object args, Span argsAt) {
    String module = shortName(name.text());
    if (Template.isIn(module)) {
      return named(name, value, args, argsAt);
    }
    ArgumentSchema<?> schema = installed.schema(module);
    Map<String, ModuleCall.Argument> arguments = new LinkedHashMap<>();
    Optional<Template> given = Optional.empty();
    switch (value) {
      case YamlNode.Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  entry ->
                      arguments.put(
                          entry.key().text(),
                          argument(schema, entry.key().text(), entry.key().at(), entry.value())));
      case YamlNode.Scalar scalar when !scalar.isNull() ->
          given = freeForm(module, schema, scalar, arguments);
      case YamlNode.Scalar nothing -> {}
      case YamlNode.Listing list ->
          problems.add(
              Problem.of(
                  "wrong-form",
                  list.at(),
                  "`" + module + "` takes a mapping of arguments, not a list"));
    }
    if (args instanceof Template template) {
      given = Optional.of(template);
    } else if (args instanceof Map<?, ?> map) {
      map.forEach(
          (key, arg) ->
              arguments.putIfAbsent(String.valueOf(key), new ModuleCall.Argument(argsAt, arg)));
    }
    ModuleCall call = new ModuleCall(module, name.at(), arguments, given);
    if (checks == Checks.BEFORE_THE_RUN) {
      boolean complete = given.isEmpty() && !settings.mayHaveDefaults(module);
      new CallCheck(problems).check(call, schema, complete);
    }
    return call;
  }

  /// A call of a module whose name is a template: what it takes is known when it runs.
  private ModuleCall named(
      YamlNode.Scalar name, YamlNode value, @Nullable Object args, Span argsAt) {
    Map<String, ModuleCall.Argument> arguments = new LinkedHashMap<>();
    if (value instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        arguments.put(
            entry.key().text(),
            new ModuleCall.Argument(entry.key().at(), settings.value(entry.value())));
      }
    } else if (value instanceof YamlNode.Scalar text) {
      for (KeyValueText.Pair pair : KeyValueText.pairs(text.text())) {
        arguments.put(pair.key(), textArgument(text.at(), pair.value(), text));
      }
    }
    if (args instanceof Map<?, ?> map) {
      map.forEach(
          (key, arg) ->
              arguments.putIfAbsent(String.valueOf(key), new ModuleCall.Argument(argsAt, arg)));
    }
    return new ModuleCall(name.text(), name.at(), arguments, Optional.empty());
  }

  private ModuleCall.Argument argument(
      ArgumentSchema<?> schema, String name, Span at, YamlNode value) {
    if (!schema.isUnevaluated(name)) {
      return new ModuleCall.Argument(at, settings.value(value));
    }
    checkExpressions(value);
    return new ModuleCall.Argument(at, value.value(Expression::new));
  }

  private void checkExpressions(YamlNode value) {
    switch (value) {
      case YamlNode.Scalar scalar -> {
        if (!scalar.isNull() && !Template.isIn(scalar.text()) && checks == Checks.BEFORE_THE_RUN) {
          problems.addAll(
              templates.check(new Expression(scalar.text(), scalar.textAt(), scalar.indent())));
        }
      }
      case YamlNode.Listing list -> list.items().forEach(this::checkExpressions);
      case YamlNode.Mapping mapping -> {}
    }
  }

  /// The bare text behind a module's name: its free form, `key=value` pairs, or a template of a
  /// mapping.
  private Optional<Template> freeForm(
      String module,
      ArgumentSchema<?> schema,
      YamlNode.Scalar scalar,
      Map<String, ModuleCall.Argument> arguments) {
    if (KeyValueText.isUnbalanced(scalar.text())) {
      problems.add(
          Problem.of(
              "wrong-form", scalar.at(), "quotes or braces are opened here that nothing closes"));
      return Optional.empty();
    }
    StringBuilder rest = new StringBuilder(scalar.text());
    boolean takesText = schema.freeForm().isPresent();
    for (KeyValueText.Pair pair : KeyValueText.pairs(scalar.text()).reversed()) {
      if (!takesText || (schema.find(pair.key()).isPresent() && !pair.key().equals("cmd"))) {
        rest.delete(pair.start(), pair.end());
        arguments.put(pair.key(), pairArgument(schema, pair, scalar));
      }
    }
    String text = takesText && arguments.isEmpty() ? scalar.text() : rest.toString().strip();
    if (takesText && !text.isEmpty()) {
      arguments.put(
          schema.freeForm().orElseThrow().name(), textArgument(scalar.at(), text, scalar));
    } else if (Template.isIn(text) || (!text.isBlank() && checks == Checks.WHEN_REACHED)) {
      textArgument(scalar.at(), text, scalar);
      return Optional.of(new Template(text, scalar.textAt(), scalar.indent()));
    } else if (!text.isBlank()) {
      problems.add(
          Problem.of("wrong-form", scalar.at(), "`" + module + "` takes a mapping of arguments")
              .note("it takes: " + String.join(", ", schema.names())));
    }
    return Optional.empty();
  }

  private ModuleCall.Argument pairArgument(
      ArgumentSchema<?> schema, KeyValueText.Pair pair, YamlNode.Scalar scalar) {
    return schema.isUnevaluated(pair.key())
        ? new ModuleCall.Argument(scalar.at(), pair.value())
        : textArgument(scalar.at(), pair.value(), scalar);
  }

  private ModuleCall.Argument textArgument(Span at, String text, YamlNode.Scalar from) {
    Object value = Template.orText(text, from.textAt(), from.indent());
    if (value instanceof Template template && checks == Checks.BEFORE_THE_RUN) {
      problems.addAll(templates.check(template));
    }
    return new ModuleCall.Argument(at, value);
  }
}
