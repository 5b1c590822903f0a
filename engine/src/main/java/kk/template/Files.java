package kk.template;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.spi.TemplateSyntax;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;

/// The files of this machine that templates can read.
///
/// @param renderer renders a template file that a lookup names
/// @param yaml reads YAML text
/// @param vault opens those that are encrypted
record Files(Renderer renderer, Function<String, @Nullable Object> yaml, Vault vault) {

  interface Renderer {
    String render(Path file, Scope scope, TemplateSyntax syntax);
  }

  /// The first of the places where a relative name exists, or null.
  static @Nullable Path find(String name, List<String> folders, Scope scope) {
    Path path = Path.of(expand(name));
    if (path.isAbsolute()) {
      return java.nio.file.Files.exists(path) ? path : null;
    }
    for (Path candidate : candidates(path, folders, scope)) {
      if (java.nio.file.Files.exists(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /// Like [#find], but missing is a failure that tells where was searched.
  static Path require(String name, List<String> folders, Scope scope) {
    Path found = find(name, folders, scope);
    if (found == null) {
      throw Refusal.because("there is no file `" + name + "`" + searched(name, folders, scope));
    }
    return found;
  }

  private static String searched(String name, List<String> folders, Scope scope) {
    List<String> places = new ArrayList<>();
    candidates(Path.of(name), folders, scope).forEach(place -> places.add(place.toString()));
    boolean relative = !Path.of(expand(name)).isAbsolute();
    return relative && !places.isEmpty() ? "; looked for " + String.join(", ", places) : "";
  }

  private static List<Path> candidates(Path path, List<String> folders, Scope scope) {
    List<Path> candidates = new ArrayList<>();
    for (Path base : scope.searchPath()) {
      folders.forEach(folder -> candidates.add(base.resolve(folder).resolve(path)));
      candidates.add(base.resolve(path));
    }
    return candidates;
  }

  static String expand(String name) {
    boolean home = name.equals("~") || name.startsWith("~/");
    return home ? System.getProperty("user.home") + name.substring(1) : name;
  }

  Source read(Path file) {
    try {
      Source source = vault.read(file, file.toString());
      vault.keep(source, source.text());
      return source;
    } catch (ProblemsFound e) {
      throw Refusal.because("`" + file + "` can't be opened: " + e.getMessage());
    } catch (IOException e) {
      throw Refusal.because("`" + file + "` can't be read as UTF-8 text: " + e.getMessage());
    }
  }
}
