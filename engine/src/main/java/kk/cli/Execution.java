package kk.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.inventory.Inventory;
import kk.load.ArgumentSpecs;
import kk.load.PlaybookLoader;
import kk.playbook.Playbook;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.report.JsonLinesReporter;
import kk.report.LiveReporter;
import kk.report.PlainReporter;
import kk.report.Redactor;
import kk.report.Theme;
import kk.run.Defaults;
import kk.run.PlaybookRunner;
import kk.run.RunEvent;
import kk.run.RunOptions;
import kk.run.StopRequest;
import kk.run.Stopped;
import kk.source.Source;
import kk.source.Span;
import kk.spi.Secret;
import kk.variables.VariableStore;

/// Loads a playbook, checks everything that can be checked, and runs it.
final class Execution {
  private final Home home;
  private final RunArguments arguments;
  private final PlayArguments play;
  private final Terminal terminal;

  Execution(Home home, RunArguments arguments, PlayArguments play, Terminal terminal) {
    this.home = home;
    this.arguments = arguments;
    this.play = play;
    this.terminal = terminal;
  }

  /// Runs a playbook.
  ///
  /// @param shipped whether it is one of kk's own, whose settings are all known
  ExitCode run(Path file, boolean shipped) throws InterruptedException {
    return run(file, shipped, Optional.empty());
  }

  /// Runs a playbook, unless it or the one that will follow has a mistake.
  ExitCode run(Path file, boolean shipped, Optional<Path> next) throws InterruptedException {
    Redactor redactor = new Redactor();
    GivenVariables given = new GivenVariables(arguments, terminal::ask, redactor::add);
    Workbench workbench = given.workbench(home);
    Problems problems = workbench.problems();
    PlaybookLoader loader = workbench.loader();
    Playbook playbook = loader.load(file);
    next.ifPresent(loader::load);
    Optional<Path> beside = Optional.ofNullable(file.toAbsolutePath().normalize().getParent());
    Inventory inventory = workbench.inventory(beside, problems);
    if (shipped) {
      given.check(ArgumentSpecs.of(playbook, problems));
    }
    requireOneOf("--output", play.output, List.of("auto", "plain", "json"), problems);
    requireOneOf("--color", arguments.color, List.of("auto", "always", "never"), problems);
    terminal.show(problems.sorted());
    if (problems.hasErrors()) {
      long errors = problems.sorted().stream().filter(Problem::isError).count();
      terminal
          .standardError()
          .println(errors + (errors == 1 ? " problem" : " problems") + "; no host was touched");
      return ExitCode.INPUT;
    }
    VariableStore variables = workbench.variables(inventory);
    given.teach(redactor);
    RunOptions options = options(workbench);
    Listing.Wanted lists =
        new Listing.Wanted(play.listHosts, play.listTasks, play.listTags, play.syntaxCheck);
    if (lists.any()) {
      new Listing(terminal.standardOutput(), workbench.templates(), variables, options)
          .show(file.toString(), playbook, lists);
      return ExitCode.DONE;
    }
    options
        .becomePassword()
        .ifPresent(password -> redactor.learn(Map.of("become_password", password.reveal())));
    inventory.hosts().forEach(host -> redactor.learn(host.vars()));
    inventory.groups().forEach(group -> redactor.learn(group.vars()));
    try (LiveReporter live =
            LiveReporter.on(terminal.standardError(), terminal.isLive(play.output));
        PlaybookRunner runner =
            new PlaybookRunner(
                workbench.request(
                    options,
                    variables,
                    loader,
                    beside,
                    live.apart(terminal::ask),
                    listeners(redactor, live),
                    terminal.interrupts()
                        ? CtrlC.stops(
                            Duration.ofSeconds(play.grace),
                            terminal.standardError(),
                            ExitCode.INTERRUPTED.number())
                        : new StopRequest()))) {
      PlaybookRunner.Ended ended = runner.run(playbook);
      keepLost(ended);
      return ended.anyUnreachable()
          ? ExitCode.UNREACHABLE
          : ended.anyFailed() ? ExitCode.TASK_FAILED : ExitCode.DONE;
    } catch (Stopped e) {
      terminal.standardError().println("stopped; to go on: the same command and " + e.startAt());
      return ExitCode.INTERRUPTED;
    } catch (ProblemsFound found) {
      terminal.show(found.problems());
      terminal.standardError().println("the run was ended");
      return ExitCode.INPUT;
    }
  }

  private void keepLost(PlaybookRunner.Ended ended) {
    if (play.retryFile.isEmpty()) {
      return;
    }
    Path file = play.retryFile.get();
    try {
      HostFile.write(file, ended.lost());
    } catch (IOException e) {
      throw new ProblemsFound(
          Problem.of(
              "unwritable-file",
              Span.whole(new Source(file.toString(), "")),
              "the hosts that were lost can't be written: " + e.getMessage()));
    }
  }

  /// The password for sudo, from a file or from the user.
  private Optional<Secret> becomePassword() {
    if (play.becomePasswordFile.isPresent()) {
      return play.becomePasswordFile.map(Workbench::passwordIn);
    }
    return play.asksBecomePassword
        ? terminal.ask("BECOME password: ", true).map(Secret::new)
        : Optional.empty();
  }

  private RunOptions options(Workbench workbench) {
    return new RunOptions(
        play.check,
        play.diff,
        play.tags,
        play.skipTags,
        HostFile.expanded(play.limit),
        Math.max(1, play.forks),
        play.step,
        play.startAt,
        becomePassword(),
        play.knownHosts.toAbsolutePath(),
        arguments.verbose,
        workbench.inventorySources(),
        Optional.empty(),
        Defaults.STANDARD);
  }

  private List<RunEvent.Listener> listeners(Redactor redactor, LiveReporter live) {
    List<RunEvent.Listener> listeners = new ArrayList<>();
    listeners.add(event -> learn(event, redactor));
    if (play.output.equals("json")) {
      listeners.add(new JsonLinesReporter(terminal.standardOutput(), redactor));
    } else {
      Theme theme = terminal.isColoured(arguments.color) ? Theme.COLOURED : Theme.PLAIN;
      PrintStream out = live.above(terminal.standardOutput());
      listeners.add(new PlainReporter(out, theme, redactor, arguments.verbose));
      listeners.add(live);
    }
    return listeners;
  }

  private static void learn(RunEvent event, Redactor redactor) {
    if (event instanceof RunEvent.HostFinished finished) {
      redactor.learn(finished.result().values());
    } else if (event instanceof RunEvent.ItemFinished finished) {
      redactor.learn(finished.result().values());
    }
  }

  private static void requireOneOf(
      String option, String given, List<String> choices, Problems problems) {
    if (!choices.contains(given)) {
      Span at = new Span(new Source(option, given), 1, 1, given.length());
      problems.add(
          Problem.of("wrong-option", at, "`" + option + "` can't be `" + given + "`")
              .note("it can be: " + String.join(", ", choices))
              .suggest(given, choices));
    }
  }
}
