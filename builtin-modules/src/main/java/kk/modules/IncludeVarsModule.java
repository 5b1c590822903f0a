package kk.modules;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.FreeForm;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import kk.spi.RequiresOneOf;
import kk.spi.TaskFailed;
import kk.spi.Unevaluated;
import org.jspecify.annotations.Nullable;

/// Reads variables from files on this machine while the play runs.
@Doc("reads variables from files on this machine")
public final class IncludeVarsModule implements Module<IncludeVarsModule.Args> {

  /// What `include_vars` takes.
  @RequiresOneOf({"file", "dir"})
  public record Args(
      @Doc("YAML or JSON file, looked up in the role's `vars/`") @FreeForm Optional<String> file,
      @Doc("directory whose files are all read, in order of their names") Optional<String> dir,
      @Doc("put the variables into a mapping of this name") Optional<String> name,
      @Doc("how many levels of `dir` to read, 0 for all") @Default("0") int depth,
      @Doc("which endings files in `dir` may have") @Default("json,yaml,yml")
          List<String> extensions,
      @Doc("leave out files in `dir` with other endings") @Default("false")
          boolean ignoreUnknownExtensions,
      @Doc("regular expressions of the names in `dir` to leave out")
          Optional<List<String>> ignoreFiles,
      @Doc("regular expression that names in `dir` must contain") Optional<String> filesMatching,
      @Doc("`merge` completes mappings that are there already, `replace` does not")
          @Default("replace")
          HashBehaviour hashBehaviour) {

    public Args {
      if (file.isPresent() && dir.isPresent()) {
        throw new IllegalArgumentException("give either a file or `dir`");
      }
    }
  }

  /// What becomes of a mapping that is there already.
  public enum HashBehaviour {
    REPLACE,
    MERGE
  }

  @Override
  public String name() {
    return "include_vars";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    List<Path> files = new ArrayList<>();
    Map<String, Object> read = new LinkedHashMap<>();
    try {
      for (Path file : files(args, host)) {
        files.add(file);
        read.putAll(host.readVariables(file));
      }
    } catch (TaskFailed e) {
      String why = String.valueOf(e.getMessage());
      return new Outcome.Failed(why, told(files, read).with("message", why));
    }
    Map<String, Object> variables =
        args.name().isPresent() ? Map.of(args.name().get(), read) : read;
    Map<String, Object> kept = new LinkedHashMap<>(variables);
    if (args.hashBehaviour() == HashBehaviour.MERGE) {
      kept.replaceAll((name, value) -> completed(name, value, host));
    }
    return new Outcome.Unchanged(
        told(files, kept).with(new NewVariables(NewVariables.Level.INCLUDED, kept)));
  }

  private static Details told(List<Path> files, Map<String, Object> variables) {
    return Details.of("ansible_facts", variables)
        .with("ansible_included_var_files", files.stream().map(Path::toString).toList());
  }

  private static List<Path> files(Args args, HostAccess host) {
    if (args.dir().isPresent()) {
      return inside(args, host.localFile(args.dir().get(), "vars"));
    }
    String file = args.file().orElse("").strip();
    if (file.isEmpty()) {
      throw new TaskFailed("Could not find file: `file` comes to nothing");
    }
    return List.of(host.localFile(file, "vars"));
  }

  /// The files of a directory before those of the directories in it.
  private static List<Path> inside(Args args, Path directory) {
    int levels = args.depth() == 0 ? Integer.MAX_VALUE : args.depth();
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory, levels, FileVisitOption.FOLLOW_LINKS)) {
      files =
          all.filter(Files::isRegularFile)
              .sorted(
                  Comparator.comparing((Path file) -> String.valueOf(file.getParent()))
                      .thenComparing(file -> String.valueOf(file.getFileName())))
              .toList();
    } catch (IOException e) {
      throw new TaskFailed("cannot read the directory " + directory);
    }
    return files.stream().filter(file -> isWanted(file, args)).toList();
  }

  private static boolean isWanted(Path file, Args args) {
    String name = String.valueOf(file.getFileName());
    boolean ignored =
        args.ignoreFiles().orElse(List.of()).stream()
            .anyMatch(pattern -> Pattern.compile(pattern + "$").matcher(name).find());
    boolean matching =
        args.filesMatching()
            .map(pattern -> Pattern.compile(pattern).matcher(name).find())
            .orElse(true);
    if (ignored || !matching) {
      return false;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    if (!args.extensions().contains(extension) && !args.ignoreUnknownExtensions()) {
      throw new TaskFailed(
          file
              + " does not have a valid extension, it has none of the endings "
              + String.join(", ", args.extensions()));
    }
    return args.extensions().contains(extension);
  }

  /// A mapping with what the variable of that name holds already and it doesn't say.
  private static Object completed(String name, Object value, HostAccess host) {
    boolean isName = name.matches("[A-Za-z_][A-Za-z0-9_]*");
    return isName
            && host.holds(new Unevaluated(name + " is mapping"))
            && host.evaluate(new Unevaluated(name)) instanceof Map<?, ?> there
        ? over(there, value)
        : value;
  }

  private static Object over(@Nullable Object there, Object value) {
    if (!(there instanceof Map<?, ?> old) || !(value instanceof Map<?, ?> fresh)) {
      return value;
    }
    Map<Object, Object> both = new LinkedHashMap<>(old);
    fresh.forEach((key, entry) -> both.put(key, over(old.get(key), entry)));
    return both;
  }
}
