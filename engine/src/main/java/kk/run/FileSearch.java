package kk.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kk.playbook.Role;
import kk.spi.TaskFailed;

/// Finds files that tasks name: in the role's own folder for them, in the role, beside the task's
/// file, beside the playbook.
record FileSearch(List<Path> folders, Function<Path, Map<String, Object>> variablesOf) {

  /// Where a step in a context looks.
  static List<Path> foldersOf(StepContext context, Path stepFolder) {
    List<Path> folders = new ArrayList<>();
    context.role().map(Role::folder).ifPresent(folders::add);
    context.outerRoles().forEach(role -> folders.add(role.folder()));
    folders.add(stepFolder);
    folders.add(context.playbook());
    return folders;
  }

  Path find(String name, String kind) {
    if (name.startsWith("~/")) {
      return require(Path.of(System.getProperty("user.home"), name.substring(2)), name);
    }
    if (Path.of(name).isAbsolute()) {
      return require(Path.of(name), name);
    }
    List<String> tried = new ArrayList<>();
    for (Path folder : folders) {
      for (Path candidate : List.of(folder.resolve(kind).resolve(name), folder.resolve(name))) {
        if (Files.exists(candidate)) {
          return candidate.normalize();
        }
        tried.add(candidate.normalize().toString());
      }
    }
    throw new TaskFailed(
        "there is no file `"
            + name
            + "`; looked for "
            + String.join(", ", tried.stream().distinct().toList()));
  }

  private static Path require(Path path, String name) {
    if (!Files.exists(path)) {
      throw new TaskFailed("there is no file `" + name + "` on this machine");
    }
    return path;
  }

  Map<String, Object> variables(Path file) {
    return variablesOf.apply(file);
  }
}
