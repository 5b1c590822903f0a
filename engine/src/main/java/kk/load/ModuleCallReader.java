package kk.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kk.bind.Argument;
import kk.bind.ArgumentBinder;
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

/// Reads the call of a module and checks it against the module's arguments, as far as that is
/// possible without rendering anything.
final class ModuleCallReader {
  private final Installed installed;
  private final SettingsReader settings;
  private final Templates templates;
  private final Problems problems;

  ModuleCallReader(
      Installed installed, SettingsReader settings, Templates templates, Problems problems) {
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
  /// @param args the entries of the keyword `args`, which complete the arguments
  ModuleCall read(YamlNode.Scalar name, YamlNode value, Map<String, Object> args, Span argsAt) {
    String module = shortName(name.text());
    ArgumentSchema<?> schema = installed.schema(module);
    Map<String, ModuleCall.Argument> arguments = new LinkedHashMap<>();
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
          arguments.putAll(freeForm(module, schema, scalar));
      case YamlNode.Scalar nothing -> {}
      case YamlNode.Listing list ->
          problems.add(
              Problem.of(
                  "wrong-form",
                  list.at(),
                  "`" + module + "` takes a mapping of arguments, not a list"));
    }
    args.forEach((key, arg) -> arguments.putIfAbsent(key, new ModuleCall.Argument(argsAt, arg)));
    check(module, name.at(), schema, arguments);
    return new ModuleCall(module, name.at(), arguments);
  }

  private ModuleCall.Argument argument(
      ArgumentSchema<?> schema, String name, Span at, YamlNode value) {
    if (!schema.isUnevaluated(name)) {
      return new ModuleCall.Argument(at, settings.value(value));
    }
    checkExpressions(value);
    return new ModuleCall.Argument(at, value.value((text, textAt, indent) -> text));
  }

  private void checkExpressions(YamlNode value) {
    switch (value) {
      case YamlNode.Scalar scalar -> {
        if (!scalar.isNull() && !Template.isIn(scalar.text())) {
          problems.addAll(
              templates.check(new Expression(scalar.text(), scalar.textAt(), scalar.indent())));
        }
      }
      case YamlNode.Listing list -> list.items().forEach(this::checkExpressions);
      case YamlNode.Mapping mapping -> {}
    }
  }

  /// The bare text behind a module's name: its free form, or `key=value` pairs.
  private Map<String, ModuleCall.Argument> freeForm(
      String module, ArgumentSchema<?> schema, YamlNode.Scalar scalar) {
    Map<String, ModuleCall.Argument> arguments = new LinkedHashMap<>();
    StringBuilder rest = new StringBuilder(scalar.text());
    boolean takesText = schema.freeForm().isPresent();
    List<KeyValueText.Pair> pairs = KeyValueText.pairs(scalar.text());
    for (KeyValueText.Pair pair : pairs.reversed()) {
      if (!takesText || (schema.find(pair.key()).isPresent() && !pair.key().equals("cmd"))) {
        rest.delete(pair.start(), pair.end());
        arguments.put(pair.key(), textArgument(scalar.at(), pair.value(), scalar));
      }
    }
    String text = takesText && arguments.isEmpty() ? scalar.text() : rest.toString().strip();
    if (takesText && !text.isEmpty()) {
      arguments.put(
          schema.freeForm().orElseThrow().name(), textArgument(scalar.at(), text, scalar));
    } else if (!text.isBlank()) {
      problems.add(
          Problem.of("wrong-form", scalar.at(), "`" + module + "` takes a mapping of arguments")
              .note("it takes: " + String.join(", ", schema.names())));
    }
    return arguments;
  }

  private ModuleCall.Argument textArgument(Span at, String text, YamlNode.Scalar from) {
    Object value = Template.orText(text, from.textAt(), from.indent());
    if (value instanceof Template template) {
      problems.addAll(templates.check(template));
    }
    return new ModuleCall.Argument(at, value);
  }

  private void check(
      String module,
      Span at,
      ArgumentSchema<?> schema,
      Map<String, ModuleCall.Argument> arguments) {
    arguments.forEach(
        (name, given) -> {
          Optional<Argument> argument = schema.find(name);
          if (argument.isEmpty() && !schema.takesOthers()) {
            problems.add(
                Problem.of(
                        "unknown-argument",
                        given.at(),
                        "module `" + module + "` has no argument `" + name + "`")
                    .note("it takes: " + String.join(", ", schema.names()))
                    .suggest(name, allNames(schema)));
          }
          if (argument.isPresent() && !hasTemplate(given.value())) {
            ArgumentBinder.check(argument.get(), given.value())
                .ifPresent(
                    wrong ->
                        problems.add(
                            Problem.of("wrong-argument", given.at(), "`" + name + "`: " + wrong)));
          }
        });
    for (Argument argument : schema.arguments()) {
      boolean given =
          Stream.concat(Stream.of(argument.name()), argument.aliases().stream())
              .anyMatch(arguments::containsKey);
      if (argument.required() && !given) {
        problems.add(
            Problem.of(
                    "missing-argument",
                    at,
                    "module `" + module + "` needs the argument `" + argument.name() + "`")
                .note("`" + argument.name() + "`: " + argument.doc()));
      }
    }
  }

  private static List<String> allNames(ArgumentSchema<?> schema) {
    List<String> names = new ArrayList<>(schema.names());
    schema.arguments().forEach(argument -> names.addAll(argument.aliases()));
    return names;
  }

  private static boolean hasTemplate(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Template template -> true;
      case Map<?, ?> map -> map.values().stream().anyMatch(ModuleCallReader::hasTemplate);
      case List<?> list -> list.stream().anyMatch(ModuleCallReader::hasTemplate);
      default -> false;
    };
  }
}
