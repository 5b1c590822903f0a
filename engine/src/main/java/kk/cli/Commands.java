package kk.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The tree of commands.
final class Commands {
  private Commands() {}

  static CommandLine create(Terminal terminal, Home home) {
    CommandLine root = new CommandLine(new Root());
    root.addSubcommand(new Run(terminal, home));
    root.addSubcommand(new Lint(terminal, home));
    root.addSubcommand(new Precheck(terminal, home));
    CommandLine init = new CommandLine(new Init());
    init.addSubcommand(new InitRegistry(terminal, home));
    root.addSubcommand("init", init);
    root.addSubcommand(new EvalCommand(terminal, home));
    root.addSubcommand(new RenderCommand(terminal, home));
    root.addSubcommand(new DocCommand(terminal, home));
    root.addSubcommand(new ExplainCommand(terminal));
    exitCodes(root);
    return root;
  }

  private static void exitCodes(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.exitCodeOnInvalidInput(ExitCode.COMMAND_LINE.number());
    spec.exitCodeOnExecutionException(ExitCode.BUG.number());
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
    for (ExitCode code : ExitCode.values()) {
      java.util.Map<String, String> list =
          new java.util.LinkedHashMap<>(spec.usageMessage().exitCodeList());
      list.put(String.valueOf(code.number()), code.meaning());
      spec.usageMessage().exitCodeList(list);
    }
    spec.usageMessage().abbreviateSynopsis(true);
    line.getSubcommands().values().forEach(Commands::exitCodes);
  }

  @Command(
      name = "kk",
      mixinStandardHelpOptions = true,
      version = "kk " + Main.VERSION,
      description = "Installs and runs private image registries; runs playbooks.",
      synopsisSubcommandLabel = "COMMAND")
  static final class Root implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine().usage(spec.commandLine().getErr());
      return ExitCode.COMMAND_LINE.number();
    }
  }

  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Sets something up.",
      synopsisSubcommandLabel = "WHAT")
  static final class Init implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine().usage(spec.commandLine().getErr());
      return ExitCode.COMMAND_LINE.number();
    }
  }

  @Command(name = "run", mixinStandardHelpOptions = true, description = "Runs a playbook.")
  static final class Run implements Callable<Integer> {
    @Mixin RunArguments arguments = new RunArguments();
    @Mixin PlayArguments play = new PlayArguments();

    @Parameters(paramLabel = "PLAYBOOK", description = "the playbook to run", arity = "1..*")
    List<Path> playbooks = List.of();

    private final Terminal terminal;
    private final Home home;

    Run(Terminal terminal, Home home) {
      this.terminal = terminal;
      this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
      ExitCode code = ExitCode.DONE;
      for (Path playbook : playbooks) {
        code = new Execution(home, arguments, play, terminal).run(playbook, false);
        if (code != ExitCode.DONE) {
          break;
        }
      }
      return code.number();
    }
  }

  @Command(
      name = "lint",
      mixinStandardHelpOptions = true,
      description = "Finds all problems of playbooks without touching a host.")
  static final class Lint implements Callable<Integer> {
    @Mixin RunArguments arguments = new RunArguments();

    @Parameters(paramLabel = "PLAYBOOK", description = "playbooks to check", arity = "1..*")
    List<Path> playbooks = List.of();

    private final Terminal terminal;
    private final Home home;

    Lint(Terminal terminal, Home home) {
      this.terminal = terminal;
      this.home = home;
    }

    @Override
    public Integer call() {
      Workbench workbench = new Workbench(home, arguments);
      for (Path playbook : playbooks) {
        workbench.loader(workbench.problems()).load(playbook);
      }
      if (!arguments.inventories.isEmpty()) {
        workbench.inventory(java.util.Optional.empty());
      }
      List<Problem> found = workbench.problems().sorted();
      terminal.show(found);
      long errors = found.stream().filter(Problem::isError).count();
      terminal
          .standardOutput()
          .println(
              found.isEmpty()
                  ? "no problems"
                  : errors
                      + (errors == 1 ? " error, " : " errors, ")
                      + (found.size() - errors)
                      + (found.size() - errors == 1 ? " warning" : " warnings"));
      return (errors > 0 ? ExitCode.INPUT : ExitCode.DONE).number();
    }
  }

  @Command(
      name = "precheck",
      mixinStandardHelpOptions = true,
      description = "Checks whether hosts are fit, and changes nothing.")
  static final class Precheck implements Callable<Integer> {
    @Mixin RunArguments arguments = new RunArguments();
    @Mixin PlayArguments play = new PlayArguments();

    @Parameters(
        paramLabel = "WHAT",
        description = "image_registry",
        arity = "0..1",
        defaultValue = "image_registry")
    String what = "image_registry";

    private final Terminal terminal;
    private final Home home;

    Precheck(Terminal terminal, Home home) {
      this.terminal = terminal;
      this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
      if (!what.equals("image_registry")) {
        Problems problems = new Problems();
        problems.add(
            Problem.of(
                    "unknown-precheck",
                    new Span(new Source("kk precheck", what), 1, 1, what.length()),
                    "there is no precheck `" + what + "`")
                .suggest(what, List.of("image_registry"))
                .note("there is: image_registry"));
        throw new ProblemsFound(problems.sorted());
      }
      return new Execution(home, arguments, play, terminal)
          .run(home.playbook("precheck_image_registry"), true)
          .number();
    }
  }

  @Command(
      name = "registry",
      mixinStandardHelpOptions = true,
      description = "Installs the image registry on the hosts of the group image_registry.")
  static final class InitRegistry implements Callable<Integer> {
    @Mixin RunArguments arguments = new RunArguments();
    @Mixin PlayArguments play = new PlayArguments();

    private final Terminal terminal;
    private final Home home;

    InitRegistry(Terminal terminal, Home home) {
      this.terminal = terminal;
      this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
      return new Execution(home, arguments, play, terminal)
          .run(home.playbook("init_registry"), true)
          .number();
    }
  }
}
