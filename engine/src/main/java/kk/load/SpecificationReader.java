package kk.load;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.playbook.Keyword;
import kk.playbook.ModuleCall;
import kk.playbook.RoleUse;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.source.Source;
import kk.source.Span;
import kk.yaml.YamlNode;

/// Reads what a role says it takes: `meta/argument_specs`, or else the same key in `meta/main`.
record SpecificationReader(LoadFiles files) {
  private static final String KEY = "argument_specs";

  /// The specification of the entry points of a role, by the names of their task files.
  Optional<YamlNode.Mapping> entries(Path folder) {
    return file(folder, KEY)
        .or(() -> file(folder, "main"))
        .flatMap(meta -> meta.find(KEY))
        .flatMap(SpecificationReader::mapping);
  }

  /// The task that comes first in a role, and looks at what it is given.
  ///
  /// @param role the role's name
  /// @return nothing when the role says nothing of the entry point
  Optional<Step> validation(String role, Path folder, RoleUse use) {
    String entry = use.files().tasks().toString().replaceFirst("[.]ya?ml$", "");
    return entries(folder)
        .flatMap(all -> all.find(entry))
        .flatMap(SpecificationReader::mapping)
        .filter(specification -> !specification.entries().isEmpty())
        .map(specification -> validation(role, folder, entry, specification));
  }

  private static Step validation(
      String role, Path folder, String entry, YamlNode.Mapping specification) {
    String about =
        specification
            .find("short_description")
            .map(node -> node.value((text, at, indent) -> text))
            .map(words -> " - " + words)
            .orElse("");
    Map<String, ModuleCall.Argument> arguments = new LinkedHashMap<>();
    Object options =
        specification
            .find("options")
            .flatMap(SpecificationReader::mapping)
            .<Object>map(node -> node.value((text, at, indent) -> text))
            .orElse(Map.of());
    arguments.put("argument_spec", new ModuleCall.Argument(specification.at(), options));
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("type", "role");
    context.put("name", role.substring(role.lastIndexOf('.') + 1));
    context.put("argument_spec_name", entry);
    context.put("path", folder.toString());
    arguments.put("validate_args_context", new ModuleCall.Argument(specification.at(), context));
    Map<Keyword, Settings.Setting> settings =
        Map.of(
            Keyword.NAME,
            new Settings.Setting(
                "Validating arguments against arg spec '" + entry + "'" + about,
                specification.at()),
            Keyword.TAGS,
            new Settings.Setting(List.of("always"), specification.at()));
    return new Step.Task(
        specification.at(),
        new Settings(settings),
        new ModuleCall("validate_argument_spec", specification.at(), arguments, Optional.empty()),
        Optional.empty());
  }

  private Optional<YamlNode.Mapping> file(Path folder, String name) {
    return LoadFiles.find(folder.resolve("meta"), name)
        .flatMap(file -> files.read(file, Span.whole(new Source(file.toString(), ""))))
        .flatMap(SpecificationReader::mapping);
  }

  private static Optional<YamlNode.Mapping> mapping(YamlNode node) {
    return node instanceof YamlNode.Mapping mapping ? Optional.of(mapping) : Optional.empty();
  }
}
