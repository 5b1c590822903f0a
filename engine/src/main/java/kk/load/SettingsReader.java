package kk.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.bind.ArgumentBinder;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.Place;
import kk.playbook.Settings;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.template.Templates;
import kk.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/// Reads the keywords of a mapping, each in the form it asks for, and checks the templates in them.
final class SettingsReader {
  private static final Pattern BRACES = Pattern.compile("\\s*\\{\\{(.*)}}\\s*", Pattern.DOTALL);

  private static final List<String> LOOP_KEYS =
      List.of(
          "loop_var", "index_var", "label", "pause", "extended", "extended_allitems", "break_when");

  private static final String GROUP = "group/";

  private final Templates templates;
  private final KeywordChoices choices;
  private final Checks checks;
  private final Problems problems;

  /// Modules and groups of modules for which `module_defaults` give arguments somewhere.
  private final Set<String> defaulted = new HashSet<>();

  SettingsReader(Templates templates, KeywordChoices choices, Checks checks, Problems problems) {
    this.templates = templates;
    this.choices = choices;
    this.checks = checks;
    this.problems = problems;
  }

  /// What was read: the keywords, and the entries that are none.
  record Result(Settings settings, List<YamlNode.Entry> others) {}

  Result read(YamlNode.Mapping mapping, Place place) {
    Map<Keyword, Settings.Setting> settings = new EnumMap<>(Keyword.class);
    List<YamlNode.Entry> others = new ArrayList<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      Optional<Keyword> keyword = Keyword.find(entry.key().text(), place);
      if (keyword.isEmpty()) {
        others.add(entry);
        continue;
      }
      if (keyword.get() == Keyword.MODULE_DEFAULTS) {
        noteDefaults(entry.value());
      }
      if (keyword.get() == Keyword.VARS_PROMPT) {
        PromptCheck.check(entry.value(), problems);
      }
      if (keyword.get().form() != Keyword.Form.STEPS) {
        read(keyword.get(), entry)
            .ifPresent(
                value ->
                    settings.put(
                        keyword.get(), new Settings.Setting(value.value(), entry.key().at())));
      }
    }
    return new Result(new Settings(settings), others);
  }

  private void noteDefaults(YamlNode value) {
    switch (value) {
      case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> noteDefault(entry.key()));
      case YamlNode.Listing list -> list.items().forEach(this::noteDefaults);
      case YamlNode.Scalar template -> defaulted.add(GROUP);
    }
  }

  private void noteDefault(YamlNode.Scalar module) {
    if (module.text().startsWith(GROUP)) {
      problems.add(
          Problem.of("unsupported", module.at(), "kk has no groups of modules")
              .hint("name each module that the defaults are for"));
    }
    defaulted.add(ModuleCallReader.shortName(module.text()));
  }

  /// Complains about a `with_…` for which there is no lookup.
  void checkLoop(YamlNode.Scalar with) {
    String lookup = with.text().substring("with_".length());
    Expression call = new Expression("lookup('" + lookup + "')", with.at());
    if (checks == Checks.BEFORE_THE_RUN) {
      templates.check(call).stream()
          .filter(problem -> problem.id().equals("unknown-lookup"))
          .map(
              problem ->
                  new Problem(
                      problem.id(),
                      problem.severity(),
                      with.at(),
                      problem.title(),
                      problem.notes(),
                      problem.hint()))
          .forEach(problems::add);
    }
  }

  /// Whether arguments of a module may come from `module_defaults`.
  boolean mayHaveDefaults(String module) {
    return defaulted.contains(module) || defaulted.stream().anyMatch(key -> key.startsWith(GROUP));
  }

  /// Complains about entries that are neither keywords of a place nor anything else that may stand
  /// there.
  void refuse(List<YamlNode.Entry> others, Place place, List<String> alsoAllowed) {
    List<String> allowed = new ArrayList<>(Keyword.writtenOn(place));
    allowed.addAll(alsoAllowed);
    for (YamlNode.Entry entry : others) {
      String key = entry.key().text();
      boolean elsewhere = Arrays.stream(Keyword.values()).anyMatch(k -> k.written().equals(key));
      problems.add(
          Problem.of(
                  "unknown-keyword",
                  entry.key().at(),
                  elsewhere
                      ? "`" + key + "` can't stand on " + place.words()
                      : "`" + key + "` is no keyword of " + place.words())
              .suggest(key, allowed));
    }
  }

  private void check(Template template) {
    if (checks == Checks.BEFORE_THE_RUN) {
      problems.addAll(templates.check(template));
    }
  }

  /// A value with templates in it, which are checked.
  @Nullable Object value(YamlNode node) {
    return node.value(
        (text, at, indent) -> {
          Object value = Template.orText(text, at, indent);
          if (value instanceof Template template) {
            check(template);
          }
          return value;
        });
  }

  private record Read(@Nullable Object value) {}

  private Optional<Read> read(Keyword keyword, YamlNode.Entry entry) {
    YamlNode node = entry.value();
    return switch (keyword.form()) {
      case TEXT -> scalar(keyword, node).flatMap(scalar -> named(keyword, scalar));
      case TEXTS -> Optional.of(new Read(texts(keyword, node)));
      case BOOLEAN -> scalar(keyword, node).flatMap(scalar -> bool(keyword, scalar));
      case NUMBER -> scalar(keyword, node).flatMap(scalar -> number(keyword, scalar));
      case CONDITIONS -> Optional.of(new Read(conditions(keyword, node)));
      case VARIABLES -> mapping(keyword, node);
      case MAPPINGS -> Optional.of(new Read(mappings(keyword, node)));
      case VALUE, STEPS -> Optional.of(new Read(value(node)));
    };
  }

  private Optional<Read> named(Keyword keyword, YamlNode.Scalar scalar) {
    Object text = text(scalar);
    if (keyword == Keyword.REGISTER
        && text instanceof String name
        && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      problems.add(
          Problem.of("wrong-form", scalar.at(), "`" + name + "` can't be a variable")
              .note("a name has letters, digits and _ only, and no digit first"));
      return Optional.empty();
    }
    if (keyword == Keyword.DEBUGGER && !scalar.isNull() && !text.equals("never")) {
      problems.add(
          Problem.of("unsupported", scalar.at(), "kk has no debugger to open")
              .hint("`--step` asks before each task, `-vv` tells more of what a task does"));
    }
    if (text instanceof String word) {
      choices.check(keyword, scalar, word);
    }
    return Optional.of(new Read(text));
  }

  private Optional<YamlNode.Scalar> scalar(Keyword keyword, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      return Optional.of(scalar);
    }
    problems.add(wrongForm(keyword, node));
    return Optional.empty();
  }

  /// Text as it is written, whatever else it might mean: `name: yes` is called yes.
  private Object text(YamlNode.Scalar scalar) {
    Object value = Template.orText(scalar.text(), scalar.textAt(), scalar.indent());
    if (value instanceof Template template) {
      check(template);
    }
    return value;
  }

  private List<Object> texts(Keyword keyword, YamlNode node) {
    List<Object> texts = new ArrayList<>();
    switch (node) {
      case YamlNode.Scalar scalar when scalar.isNull() -> {}
      case YamlNode.Scalar scalar -> addText(keyword, scalar, texts);
      case YamlNode.Listing list -> {
        for (YamlNode item : list.items()) {
          if (item instanceof YamlNode.Scalar scalar) {
            addText(keyword, scalar, texts);
          } else if (keyword == Keyword.VARS_FILES && item instanceof YamlNode.Listing) {
            texts.add(value(item));
          } else {
            problems.add(wrongForm(keyword, item));
          }
        }
      }
      case YamlNode.Mapping mapping -> problems.add(wrongForm(keyword, mapping));
    }
    return List.copyOf(texts);
  }

  private void addText(Keyword keyword, YamlNode.Scalar scalar, List<Object> texts) {
    Object text = text(scalar);
    if (keyword == Keyword.TAGS && text instanceof String tags) {
      Arrays.stream(tags.split(",")).map(String::strip).forEach(texts::add);
    } else {
      texts.add(text);
    }
  }

  private Optional<Read> bool(Keyword keyword, YamlNode.Scalar scalar) {
    Object value = value(scalar);
    if (value instanceof Template) {
      return Optional.of(new Read(value));
    }
    Optional<Boolean> truth = ArgumentBinder.truth(value);
    if (truth.isEmpty() && checks == Checks.WHEN_REACHED) {
      return Optional.of(new Read(value));
    }
    if (truth.isEmpty()) {
      problems.add(wrongForm(keyword, scalar));
    }
    return truth.map(Read::new);
  }

  private Optional<Read> number(Keyword keyword, YamlNode.Scalar scalar) {
    Object value = value(scalar);
    if (value instanceof Template || value instanceof Number) {
      return Optional.of(new Read(value));
    }
    problems.add(wrongForm(keyword, scalar));
    return Optional.empty();
  }

  private List<Expression> conditions(Keyword keyword, YamlNode node) {
    List<Expression> conditions = new ArrayList<>();
    switch (node) {
      case YamlNode.Scalar scalar -> condition(scalar).ifPresent(conditions::add);
      case YamlNode.Listing list ->
          list.items()
              .forEach(
                  item ->
                      scalar(keyword, item).flatMap(this::condition).ifPresent(conditions::add));
      case YamlNode.Mapping mapping -> problems.add(wrongForm(keyword, mapping));
    }
    return List.copyOf(conditions);
  }

  private Optional<Expression> condition(YamlNode.Scalar scalar) {
    if (scalar.isNull() || scalar.text().isBlank()) {
      return Optional.empty();
    }
    Object plain = scalar.value((text, at, indent) -> text);
    String text = plain instanceof Boolean truth ? (truth ? "true" : "false") : scalar.text();
    Expression expression = new Expression(text, scalar.textAt(), scalar.indent());
    Matcher braces = BRACES.matcher(text);
    if (braces.matches() && !braces.group(1).contains("{{")) {
      problems.add(
          Problem.warning("braces-in-condition", scalar.at(), "a condition needs no `{{ }}`")
              .hint("write `" + braces.group(1).strip() + "`"));
      expression =
          new Expression(
              braces.group(1),
              expression.spanOf(braces.start(1), braces.group(1).length()),
              scalar.indent());
    }
    if (checks == Checks.BEFORE_THE_RUN) {
      problems.addAll(templates.check(expression));
    }
    return Optional.of(expression);
  }

  private Optional<Read> mapping(Keyword keyword, YamlNode node) {
    if (node instanceof YamlNode.Mapping || (node instanceof YamlNode.Scalar s && s.isNull())) {
      Object value = value(node);
      if (keyword == Keyword.LOOP_CONTROL && node instanceof YamlNode.Mapping control) {
        refuseUnknown(control);
      }
      return Optional.of(new Read(value == null ? Map.of() : value));
    }
    Object value = value(node);
    if (keyword == Keyword.ARGS && value instanceof Template) {
      return Optional.of(new Read(value));
    }
    problems.add(wrongForm(keyword, node));
    return Optional.empty();
  }

  private void refuseUnknown(YamlNode.Mapping control) {
    for (YamlNode.Entry entry : control.entries()) {
      String key = entry.key().text();
      if (!LOOP_KEYS.contains(key)) {
        problems.add(
            Problem.of(
                    "unknown-keyword", entry.key().at(), "`loop_control` has no key `" + key + "`")
                .note("there are: " + String.join(", ", LOOP_KEYS))
                .suggest(key, LOOP_KEYS));
      }
    }
  }

  /// Mappings and templates of mappings, those of a later one counting more.
  private List<Object> mappings(Keyword keyword, YamlNode node) {
    List<Object> mappings = new ArrayList<>();
    List<YamlNode> items = node instanceof YamlNode.Listing list ? list.items() : List.of(node);
    for (YamlNode item : items) {
      Object value = value(item);
      if (value instanceof Map<?, ?> || value instanceof Template) {
        mappings.add(value);
      } else if (value != null) {
        problems.add(wrongForm(keyword, item));
      }
    }
    return List.copyOf(mappings);
  }

  private static Problem wrongForm(Keyword keyword, YamlNode node) {
    return Problem.of(
        "wrong-form",
        node.at(),
        "`" + keyword.written() + "` takes " + keyword.form().words() + ", not " + node.kind());
  }
}
