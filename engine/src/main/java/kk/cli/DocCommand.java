package kk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import kk.docs.Entry;
import kk.docs.Kind;
import kk.docs.Manual;
import kk.docs.ManualText;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;

/// `kk doc`: what can be written in a playbook.
final class DocCommand implements Callable<Integer> {
  private Optional<String> name = Optional.empty();

  private Optional<Path> pages = Optional.empty();

  private final Terminal terminal;
  private final Home home;

  DocCommand(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  /// How it is written.
  Syntax syntax() {
    return Syntax.of(
            "doc",
            "Explains a module, keyword, filter, test, lookup or setting, or lists them all.",
            this)
        .word(
            "NAME",
            "what to explain; or modules, filters, … to list all of a kind",
            "0..1",
            String.class,
            word -> name = Optional.of(word))
        .option(
            "--pages",
            "DIR",
            "writes the whole reference there, as Markdown",
            Path.class,
            folder -> pages = Optional.of(folder));
  }

  @Override
  public Integer call() throws IOException {
    Reference reference = new Reference(terminal, home);
    if (pages.isPresent()) {
      write(reference.pages(), pages.get());
    } else {
      terminal
          .standardOutput()
          .print(
              name.map(wanted -> text(wanted, reference.manual()))
                  .orElseGet(() -> ManualText.overview(reference.manual())));
    }
    return ExitCode.DONE.number();
  }

  private static void write(Map<String, String> pages, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  private static String text(String wanted, Manual manual) {
    Optional<Kind> kind = Manual.kind(wanted);
    if (kind.isPresent()) {
      return ManualText.lines(manual.of(kind.get()));
    }
    List<Entry> found = manual.find(wanted);
    if (found.isEmpty()) {
      List<String> known = new ArrayList<>(manual.names());
      Arrays.stream(Kind.values()).map(Kind::many).forEach(known::add);
      throw new ProblemsFound(
          Problem.of(
                  "unknown-name",
                  new Span(new Source("kk doc", wanted), 1, 1, wanted.length()),
                  "there is nothing called `" + wanted + "`")
              .suggest(wanted, known));
    }
    return found.stream().map(ManualText::of).collect(Collectors.joining("\n"));
  }
}
