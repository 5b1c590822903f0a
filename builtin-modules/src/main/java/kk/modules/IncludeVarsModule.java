package kk.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import kk.spi.TaskFailed;

/// Reads variables from files on this machine while the play runs.
@Doc("reads variables from files on this machine")
public final class IncludeVarsModule implements Module<IncludeVarsModule.Args> {

  /// What `include_vars` takes.
  public record Args(
      @Doc("YAML or JSON file, looked up in the role's `vars/`") @FreeForm Optional<String> file,
      @Doc("directory whose files are all read, in order of their names") Optional<String> dir,
      @Doc("put the variables into a mapping of this name") Optional<String> name,
      @Doc("how many levels of `dir` to read, 0 for all") @Default("0") int depth,
      @Doc("which endings files in `dir` may have") @Default("json,yaml,yml")
          List<String> extensions,
      @Doc("leave out files in `dir` with other endings") @Default("false")
          boolean ignoreUnknownExtensions,
      @Doc("names in `dir` to leave out") Optional<List<String>> ignoreFiles,
      @Doc("regular expression that names in `dir` must contain") Optional<String> filesMatching) {

    public Args {
      if (file.isPresent() == dir.isPresent()) {
        throw new IllegalArgumentException("give either a file or `dir`");
      }
    }
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
    List<Path> files =
        args.file().isPresent()
            ? List.of(host.localFile(args.file().get(), "vars"))
            : inside(args, host.localFile(args.dir().orElseThrow(), "vars"));
    Map<String, Object> read = new LinkedHashMap<>();
    for (Path file : files) {
      read.putAll(host.readVariables(file));
    }
    Map<String, Object> variables =
        args.name().isPresent() ? Map.of(args.name().get(), read) : read;
    return new Outcome.Unchanged(
        Details.of("ansible_facts", variables)
            .with("ansible_included_var_files", files.stream().map(Path::toString).toList())
            .with(new NewVariables(NewVariables.Level.INCLUDED, variables)));
  }

  private static List<Path> inside(Args args, Path directory) {
    int levels = args.depth() == 0 ? Integer.MAX_VALUE : args.depth();
    Optional<Pattern> matching = args.filesMatching().map(Pattern::compile);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory, levels)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (args.ignoreFiles().filter(ignored -> ignored.contains(name)).isPresent()
            || matching.filter(pattern -> !pattern.matcher(name).find()).isPresent()) {
          continue;
        }
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (args.extensions().contains(extension)) {
          files.add(file);
        } else if (!args.ignoreUnknownExtensions()) {
          throw new TaskFailed(
              file + " has none of the endings " + String.join(", ", args.extensions()));
        }
      }
    } catch (IOException e) {
      throw new TaskFailed("cannot read the directory " + directory);
    }
    return files;
  }
}
