package kk.template;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kk.spi.TemplateSyntax;
import org.jspecify.annotations.Nullable;

/// Lookups in files and programs of this machine.
final class FileLookups {
  private static final List<String> FILES = List.of("files");
  private static final List<String> TEMPLATES = List.of("templates");

  private FileLookups() {}

  static void addTo(Catalogue lookups) {
    lookups
        .add(
            "file",
            "lstrip? rstrip?",
            "the content of files",
            (terms, args) -> contents(Values.items(terms), args))
        .add(
            "unvault",
            "",
            "the content of files, opened if they are encrypted",
            (terms, args) -> contents(Values.items(terms), args))
        .add(
            "template",
            "convert_data? variable_start_string? variable_end_string? comment_start_string?"
                + " comment_end_string? block_start_string? block_end_string? jinja2_native?"
                + " template_vars? trim_blocks? lstrip_blocks?",
            "template files, rendered",
            (terms, args) -> rendered(Values.items(terms), args))
        .add(
            "fileglob",
            "",
            "the files that match a pattern",
            (terms, args) -> globs(Values.items(terms), args))
        .add(
            "first_found",
            "files? paths? skip?",
            "the first of several files that exists",
            (terms, args) -> FirstFound.of(Values.items(terms), args))
        .add(
            "lines",
            "",
            "the lines that a command prints",
            (terms, args) -> {
              List<@Nullable Object> lines = new ArrayList<>();
              Values.items(terms)
                  .forEach(
                      term -> lines.addAll(Splitting.lines(output(Printing.text(term)), false)));
              return lines;
            })
        .add(
            "pipe",
            "",
            "what a command prints",
            (terms, args) -> {
              List<@Nullable Object> outputs = new ArrayList<>();
              Values.items(terms)
                  .forEach(term -> outputs.add(output(Printing.text(term)).stripTrailing()));
              return outputs;
            })
        .add(
            "password",
            "length? chars? seed? encrypt? ident?",
            "a password kept in a file, made when there is none",
            (terms, args) -> {
              List<@Nullable Object> passwords = new ArrayList<>();
              Values.items(terms)
                  .forEach(
                      term ->
                          passwords.add(
                              KeptPassword.of(TextFilters.needed(term, "password"), args)));
              return passwords;
            })
        .add(
            "ini",
            "file? section? default? re? type?",
            "a value of an INI file",
            (terms, args) -> IniFile.lookup(Values.items(terms), args))
        .add(
            "csvfile",
            "file? delimiter? col? default? keycol?",
            "a cell of a CSV file",
            (terms, args) -> CsvFile.lookup(Values.items(terms), args));
  }

  private static List<@Nullable Object> contents(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> contents = new ArrayList<>();
    for (Object term : terms) {
      Path file = Files.require(Printing.text(term), FILES, args.evaluator().scope());
      String text = args.evaluator().session().files().read(file).text();
      String trimmed = args.optionFlag("rstrip", true) ? text.stripTrailing() : text;
      contents.add(args.optionFlag("lstrip", false) ? trimmed.stripLeading() : trimmed);
    }
    return contents;
  }

  private static List<@Nullable Object> rendered(List<@Nullable Object> terms, Arguments args) {
    args.optionFlag("convert_data", true);
    args.optionFlag("jinja2_native", false);
    List<@Nullable Object> texts = new ArrayList<>();
    Scope scope = args.evaluator().scope();
    for (Object term : terms) {
      Path file = Files.require(Printing.text(term), TEMPLATES, scope);
      Scope names =
          args.value("template_vars") == null
              ? scope
              : new ExtendedScope(scope, args.map("template_vars"));
      texts.add(args.evaluator().session().files().renderer().render(file, names, syntax(args)));
    }
    return texts;
  }

  private static TemplateSyntax syntax(Arguments args) {
    TemplateSyntax standard = TemplateSyntax.STANDARD;
    return new TemplateSyntax(
        args.option("block_start_string", standard.blockStartString()),
        args.option("block_end_string", standard.blockEndString()),
        args.option("variable_start_string", standard.variableStartString()),
        args.option("variable_end_string", standard.variableEndString()),
        args.option("comment_start_string", standard.commentStartString()),
        args.option("comment_end_string", standard.commentEndString()),
        args.optionFlag("trim_blocks", standard.trimBlocks()),
        args.optionFlag("lstrip_blocks", standard.lstripBlocks()));
  }

  private static List<@Nullable Object> globs(List<@Nullable Object> terms, Arguments args) {
    List<@Nullable Object> found = new ArrayList<>();
    for (Object term : terms) {
      String pattern = Files.expand(TextFilters.needed(term, "fileglob"));
      if (pattern.startsWith("/")) {
        found.addAll(glob(pattern));
        continue;
      }
      for (Path base : args.evaluator().scope().searchPath()) {
        List<String> here =
            new ArrayList<>(glob(base.resolve("files").resolve(pattern).toString()));
        here.addAll(glob(base.resolve(pattern).toString()));
        if (!here.isEmpty()) {
          found.addAll(here);
          break;
        }
      }
    }
    return found;
  }

  /// The files of a folder whose names match, in order.
  static List<String> glob(String pattern) {
    Path path = Path.of(pattern);
    Path folder = path.getParent();
    Path name = path.getFileName();
    List<String> found = new ArrayList<>();
    if (folder == null || name == null || !java.nio.file.Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> entries =
        java.nio.file.Files.newDirectoryStream(folder, name.toString())) {
      entries.forEach(
          entry -> {
            if (java.nio.file.Files.isRegularFile(entry)) {
              found.add(entry.toString());
            }
          });
    } catch (IOException e) {
      throw Refusal.because("`" + folder + "` can't be read: " + e.getMessage());
    }
    found.sort(null);
    return found;
  }

  private static String output(String command) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw Refusal.because("the command `" + command + "` failed with exit status " + status);
      }
      return text;
    } catch (IOException e) {
      throw Refusal.because("the command `" + command + "` can't be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.because("the command `" + command + "` was interrupted");
    }
  }

  /// A scope with some further names in front.
  private record ExtendedScope(Scope outer, Map<?, ?> more) implements Scope {
    @Override
    public boolean contains(String name) {
      return more.containsKey(name) || outer.contains(name);
    }

    @Override
    public @Nullable Object get(String name) {
      return more.containsKey(name) ? more.get(name) : outer.get(name);
    }

    @Override
    public java.util.Set<String> names() {
      java.util.Set<String> names = new java.util.TreeSet<>(outer.names());
      more.keySet().forEach(name -> names.add(Printing.text(name)));
      return names;
    }

    @Override
    public List<Path> searchPath() {
      return outer.searchPath();
    }
  }
}
