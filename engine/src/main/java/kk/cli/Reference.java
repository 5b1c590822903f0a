package kk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kk.bind.Installed;
import kk.docs.Entry;
import kk.docs.Explanation;
import kk.docs.Kind;
import kk.docs.LanguageEntries;
import kk.docs.Manual;
import kk.docs.ManualPage;
import kk.docs.ModuleEntries;
import kk.load.ArgumentSpecs;
import kk.load.Checks;
import kk.load.PlaybookLoader;
import kk.problem.Problems;
import kk.source.Source;
import kk.template.Described;
import kk.template.JinjaTemplates;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.vault.Vault;
import kk.yaml.YamlNode;
import kk.yaml.YamlReader;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// Gathers the manual from all rooms of the engine, and makes the pages of `docs/reference` of it.
final class Reference {
  private static final Map<String, Kind> TEMPLATE_KINDS =
      Map.of(
          "filter", Kind.FILTER,
          "test", Kind.TEST,
          "lookup", Kind.LOOKUP,
          "function", Kind.FUNCTION,
          "string method", Kind.STRING_METHOD,
          "list method", Kind.LIST_METHOD,
          "map method", Kind.MAP_METHOD,
          "template tag", Kind.TEMPLATE_TAG);

  private static final Map<String, String> TYPES =
      Map.of(
          "str", "text",
          "bool", "true or false",
          "int", "whole number",
          "float", "number",
          "list", "list",
          "dict", "mapping",
          "path", "path",
          "raw", "anything");

  private final Terminal terminal;
  private final Home home;
  private final Manual manual;

  Reference(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
    Installed installed = Installed.onClassPath();
    JinjaTemplates templates = new JinjaTemplates(installed.filters(), text -> text, Vault.CLOSED);
    List<Entry> entries = new ArrayList<>(ModuleEntries.of(installed));
    entries.addAll(LanguageEntries.steps());
    entries.addAll(LanguageEntries.keywords());
    templates.described().stream()
        .map(Reference::entry)
        .sorted(Comparator.comparing(Entry::kind).thenComparing(Entry::name))
        .forEach(entries::add);
    entries.addAll(settings(installed, templates));
    manual = new Manual(entries);
  }

  Manual manual() {
    return manual;
  }

  private static Entry entry(Described described) {
    Kind kind = Optional.ofNullable(TEMPLATE_KINDS.get(described.kind())).orElseThrow();
    String takes = described.takes().replaceFirst("^it takes(:| no arguments) ?", "");
    return Entry.of(kind, described.name(), described.purpose(), Entry.fact("takes", takes));
  }

  private List<Entry> settings(Installed installed, JinjaTemplates templates) {
    Problems problems = new Problems();
    PlaybookLoader loader =
        new PlaybookLoader(
            installed,
            templates,
            List.of(home.roles()),
            Checks.BEFORE_THE_RUN,
            vars ->
                HostVariables.of(List.of(Layer.trusted("vars of the playbook", vars)), templates),
            problems);
    Map<String, ArgumentSpecs.Option> options = new LinkedHashMap<>();
    for (Path playbook : files(home.folder().resolve("playbooks"))) {
      ArgumentSpecs.of(loader.load(playbook), problems).options().forEach(options::putIfAbsent);
    }
    List<Entry> entries = new ArrayList<>();
    addSettings("", "", options, defaults(), entries);
    return entries;
  }

  private static void addSettings(
      String prefix,
      String above,
      Map<String, ArgumentSpecs.Option> options,
      Map<String, String> defaults,
      List<Entry> entries) {
    options.forEach(
        (name, option) -> {
          String key = prefix + name;
          String meaning = option.description().isEmpty() ? above : option.description();
          if (option.options().isEmpty()) {
            String choices = String.join("`, `", option.choices());
            String standard = defaults.getOrDefault(key, "");
            entries.add(
                Entry.of(
                    Kind.SETTING,
                    key,
                    meaning,
                    Entry.fact("type", TYPES.getOrDefault(option.type(), option.type())),
                    Entry.fact("default", standard.isEmpty() ? "" : "`" + standard + "`"),
                    Entry.fact("choices", choices.isEmpty() ? "" : "`" + choices + "`")));
          } else {
            addSettings(key + ".", meaning, option.options(), defaults, entries);
          }
        });
  }

  /// The defaults of all roles by dotted key, as they are written.
  private Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (Path role : files(home.roles())) {
      Path file = role.resolve("defaults").resolve("main.yaml");
      if (Files.isRegularFile(file)) {
        Source source = new Source(file.toString(), read(file));
        YamlReader.read(source, new Problems()).ifPresent(node -> flatten("", node, defaults));
      }
    }
    return defaults;
  }

  private static void flatten(String key, YamlNode node, Map<String, String> into) {
    switch (node) {
      case YamlNode.Scalar scalar -> into.putIfAbsent(key, scalar.text());
      case YamlNode.Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  entry ->
                      flatten(
                          key.isEmpty() ? entry.key().text() : key + "." + entry.key().text(),
                          entry.value(),
                          into));
      case YamlNode.Listing listing -> {}
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /// The pages of the reference by file name.
  Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("modules.md", modules());
    pages.put("keywords.md", keywords());
    pages.put("templates.md", templates());
    pages.put("settings.md", settings());
    pages.put("command-line.md", commandLine());
    pages.put("problems.md", problems());
    return pages;
  }

  private String modules() {
    return new ManualPage(
            "Modules",
            """
            What a task can call. `kk doc MODULE` shows the same. `ansible.builtin.` before a name is accepted.
            An argument whose default is `required` has to be given.\
            """)
        .table(manual.of(Kind.MODULE).stream().map(Reference::withoutFacts).toList())
        .sections(manual.of(Kind.MODULE))
        .text();
  }

  private static Entry withoutFacts(Entry entry) {
    return new Entry(entry.kind(), entry.name(), entry.sentence(), List.of());
  }

  private String keywords() {
    return new ManualPage(
            "Keywords",
            """
            What plays, blocks, role entries and tasks may say. A keyword that stands where it has no
            effect is refused, never ignored.\
            """)
        .table(manual.of(Kind.KEYWORD))
        .heading("Steps")
        .paragraph("These stand where a module would, and are carried out by the engine itself.")
        .table(manual.of(Kind.STEP))
        .text();
  }

  private String templates() {
    ManualPage page =
        new ManualPage(
            "Templates",
            """
            What stands inside `{{ }}` and `{% %}`, in conditions and in template files. What is in brackets
            may be left out; `…` takes any number more, or stands for text.\
            """);
    for (Kind kind : Kind.values()) {
      if (TEMPLATE_KINDS.containsValue(kind)) {
        String many = kind.many();
        page.heading(Character.toUpperCase(many.charAt(0)) + many.substring(1));
        page.table(manual.of(kind));
      }
    }
    return page.text();
  }

  private String settings() {
    return new ManualPage(
            "Settings",
            """
            What `--set` and `--config` take for the playbooks that come with kk. Keys nest at their dots.
            A key that is not here is refused before any host is touched.\
            """)
        .table(manual.of(Kind.SETTING))
        .text();
  }

  private String commandLine() {
    ManualPage page =
        new ManualPage(
            "Command line",
            """
            What was asked for goes to standard output, progress of transfers and problems to standard
            error. Options may stand before or after the arguments.\
            """);
    CommandLine root = Commands.create(terminal, home);
    addCommand(page, root);
    page.heading("Exit codes").paragraph("Every command ends with one of these.");
    StringBuilder codes = new StringBuilder("| exit code | meaning |\n|---|---|\n");
    for (ExitCode code : ExitCode.values()) {
      codes.append("| %d | %s |\n".formatted(code.number(), code.meaning()));
    }
    return page.paragraph(codes.toString().stripTrailing()).text();
  }

  private static void addCommand(ManualPage page, CommandLine command) {
    command.getCommandSpec().usageMessage().exitCodeList(Map.of()).exitCodeListHeading("");
    command.getCommandSpec().usageMessage().width(100);
    page.heading(command.getCommandSpec().qualifiedName());
    page.literally(command.getUsageMessage(Ansi.OFF));
    command.getSubcommands().values().stream()
        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
        .forEach(each -> addCommand(page, each));
  }

  private static String problems() {
    ManualPage page =
        new ManualPage(
            "Problems",
            """
            What kk finds wrong in playbooks, inventories and settings, by the id in brackets in the first
            line of a message. `kk explain ID` shows the same.\
            """);
    for (Explanation each : Explanation.values()) {
      page.heading(each.id()).paragraph(each.meaning()).paragraph(each.remedy());
    }
    return page.text();
  }
}
