package kk.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kk.problem.Problems;
import kk.source.PlacedMap;
import kk.vault.Vault;

/// Variables from a folder `group_vars` or `host_vars`: one file per name, or a folder of files per
/// name.
final class AdjacentVariables {
  private static final String UNREADABLE = "the variables can't be read";

  private final VariableFile files;

  /// @param vault opens files that are encrypted
  AdjacentVariables(Vault vault, Problems problems) {
    files = new VariableFile(vault, problems);
  }

  /// Variables by the name of the group or host; nothing when there is no such folder.
  Map<String, Map<String, Object>> read(Path folder) {
    Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
    for (Path entry : sorted(folder)) {
      String name = entry.getFileName().toString().replaceFirst("\\.(ya?ml|json)$", "");
      Map<String, Object> vars = byName.computeIfAbsent(name, n -> new PlacedMap());
      if (Files.isDirectory(entry)) {
        sorted(entry).forEach(file -> vars.putAll(files.read(file, UNREADABLE)));
      } else {
        vars.putAll(files.read(entry, UNREADABLE));
      }
    }
    return byName;
  }

  private static List<Path> sorted(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
