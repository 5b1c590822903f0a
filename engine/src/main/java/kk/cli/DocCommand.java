package kk.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import kk.bind.Installed;
import kk.docs.KeywordPage;
import kk.docs.ModulePage;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `kk doc`: what can be written in a playbook.
@Command(
    name = "doc",
    mixinStandardHelpOptions = true,
    description = "Explains a module, or lists what there is.")
final class DocCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "a module, or `keywords`", arity = "0..1")
  Optional<String> name = Optional.empty();

  private final Terminal terminal;

  DocCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Installed installed = Installed.onClassPath();
    if (name.isEmpty()) {
      terminal.standardOutput().print(ModulePage.list(installed));
    } else if (name.get().equals("keywords")) {
      terminal.standardOutput().print(KeywordPage.text());
    } else {
      String wanted = name.get();
      terminal
          .standardOutput()
          .print(
              installed
                  .module(wanted)
                  .map(module -> ModulePage.text(module, installed.schema(wanted)))
                  .orElseThrow(
                      () ->
                          new ProblemsFound(
                              Problem.of(
                                      "unknown-module",
                                      new Span(new Source("kk doc", wanted), 1, 1, wanted.length()),
                                      "there is no module `" + wanted + "`")
                                  .suggest(wanted, installed.moduleNames()))));
    }
    return ExitCode.DONE.number();
  }
}
