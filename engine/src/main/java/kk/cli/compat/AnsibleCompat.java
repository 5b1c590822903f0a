package kk.cli.compat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kk.cli.InventoryText;
import kk.cli.Listing;
import kk.cli.Syntax;
import kk.inventory.Host;
import kk.inventory.HostPattern;
import kk.inventory.Inventory;
import kk.load.PlaybookLoader;
import kk.playbook.Playbook;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.run.PlaybookRunner;
import kk.run.Prompter;
import kk.run.RunOptions;
import kk.run.StopRequest;
import kk.run.Stopped;
import kk.source.Source;
import kk.source.Span;
import kk.variables.VariableStore;
import picocli.CommandLine;

/// Ansible's commands with their own command lines, settings, output and exit codes:
/// `kk run|adhoc|inventory --ansible-compat …` stands in for `ansible-playbook`, `ansible` and
/// `ansible-inventory`.
public final class AnsibleCompat {
  /// What Ctrl-C ends a run with.
  public static final int INTERRUPTED = 99;

  private static final int FAILED = 2;
  private static final int UNREACHABLE = 4;
  private static final int BUG = 250;

  private final PrintStream out;
  private final PrintStream errors;
  private final Prompter prompter;
  private final Function<Duration, StopRequest> stops;

  /// Ansible's commands on a terminal.
  ///
  /// @param prompter asks the user
  /// @param stops makes what stops a run of the calling thread, and gives running tasks so long
  public AnsibleCompat(
      PrintStream out,
      PrintStream errors,
      Prompter prompter,
      Function<Duration, StopRequest> stops) {
    this.prompter = prompter;
    this.stops = stops;
    this.out = out;
    this.errors = errors;
  }

  /// Whether a command line asks for Ansible's dialect.
  public static boolean isAskedFor(List<String> arguments) {
    return !arguments.isEmpty()
        && List.of("run", "adhoc", "inventory").contains(arguments.getFirst())
        && arguments.contains("--ansible-compat");
  }

  /// Does what the command line says and returns the exit code.
  public int run(List<String> arguments) throws InterruptedException {
    String[] words = arguments.subList(1, arguments.size()).toArray(String[]::new);
    try {
      return switch (arguments.getFirst()) {
        case "run" -> playbook(read(new PlaybookDialect(), words));
        case "adhoc" -> adhoc(read(new AdhocDialect(), words));
        default -> inventory(read(new InventoryDialect(), words));
      };
    } catch (Stopped e) {
      errors.println("to go on: the same command and " + e.startAt());
      return failed(new Failure(INTERRUPTED, "User interrupted execution"));
    } catch (CommandLine.ParameterException e) {
      return failed(new Failure(Failure.OPTIONS, String.valueOf(e.getMessage())));
    } catch (ProblemsFound found) {
      return failed(
          Failure.of(found.problems().stream().filter(Problem::isError).findFirst().orElseThrow()));
    } catch (RuntimeException e) {
      failed(new Failure(BUG, "Unexpected Exception, this is probably a bug: " + e));
      e.printStackTrace(errors);
      return BUG;
    }
  }

  private static <T extends Syntax.Arguments> T read(T dialect, String[] words) {
    Syntax.plain("kk", () -> 0)
        .with(dialect)
        .line()
        .setOptionsCaseInsensitive(false)
        .setAbbreviatedOptionsAllowed(true)
        .setExpandAtFiles(false)
        .parseArgs(words);
    return dialect;
  }

  private int failed(Failure failure) {
    out.flush();
    errors.println("ERROR! " + failure.text());
    return failure.exitCode();
  }

  private Session session(CommonOptions options) {
    AnsibleSettings settings = AnsibleSettings.of(System.getenv(), Path.of("").toAbsolutePath());
    Session session = new Session(options, settings, out, errors, prompter, stops);
    if (session.verbosity() > 0) {
      out.println(
          settings
              .path()
              .map(file -> "Using " + file.toAbsolutePath() + " as config file")
              .orElse("No config file found; using defaults"));
    }
    return session;
  }

  private int playbook(PlaybookDialect dialect) throws InterruptedException {
    if (dialect.common.version) {
      return version("ansible-playbook");
    }
    Session session = session(dialect.common);
    for (String name : dialect.playbooks) {
      if (!Files.exists(Path.of(name))) {
        return failed(new Failure(Failure.ERROR, "the playbook: " + name + " could not be found"));
      }
    }
    Optional<Path> beside =
        dialect.playbooks.stream()
            .findFirst()
            .map(name -> Path.of(name).toAbsolutePath().normalize().getParent());
    Inventory inventory = session.inventory(beside);
    session.complain();
    checkLimit(inventory, session.limit());
    if (dialect.flushCache) {
      session
          .factCache()
          .ifPresent(cache -> inventory.hosts().forEach(host -> cache.forget(host.name())));
      session.factCache().ifPresent(cache -> cache.forget(Inventory.LOCALHOST));
    }
    VariableStore variables = session.variables(inventory);
    PlaybookLoader loader = session.loader();
    RunOptions options = session.runOptions(dialect);
    Listing.Wanted lists =
        new Listing.Wanted(
            dialect.common.listHosts, dialect.listTasks, dialect.listTags, dialect.syntaxCheck);
    try (PlaybookRunner runner =
        new PlaybookRunner(session.request(options, variables, loader, beside))) {
      for (String name : dialect.playbooks) {
        Playbook playbook = loader.load(Path.of(name));
        session.complain();
        if (session.verbosity() > 1) {
          out.println(playbook.plays().size() + " plays in " + name);
        }
        if (lists.any()) {
          new Listing(out, session.templates(), variables, options).show(name, playbook, lists);
          continue;
        }
        ReservedNames.in(playbook, session.given())
            .forEach(
                found -> session.callback().warn("Found variable using reserved name: " + found));
        PlaybookRunner.Ended ended = runner.run(playbook);
        if (ended.anyUnreachable() || ended.anyFailed()) {
          session.keepLost(Path.of(name), ended);
          return ended.anyUnreachable() ? UNREACHABLE : FAILED;
        }
      }
    }
    return 0;
  }

  private static void checkLimit(Inventory inventory, List<String> limit) {
    if (!limit.isEmpty() && new HostPattern(inventory).select(limit).isEmpty()) {
      throw new ProblemsFound(
          Problem.of(
              "no-hosts",
              Span.whole(new Source("--limit", "")),
              "Specified inventory, host pattern and/or --limit leaves us with no hosts to"
                  + " target."));
    }
  }

  private int adhoc(AdhocDialect dialect) throws InterruptedException {
    if (dialect.common.version) {
      return version("ansible");
    }
    Session session = session(dialect.common);
    Path here = Path.of("").toAbsolutePath();
    Inventory inventory = session.inventory(Optional.of(here));
    session.complain();
    String pattern = dialect.pattern.orElse("");
    List<Host> hosts = new ArrayList<>(new HostPattern(inventory).select(List.of(pattern)));
    if (!session.limit().isEmpty()) {
      hosts.retainAll(new HostPattern(inventory).select(session.limit()));
      if (hosts.isEmpty()) {
        checkLimit(inventory, List.of("!all"));
      }
    }
    if (hosts.isEmpty()) {
      session.callback().warn("No hosts matched, nothing to do");
    }
    if (dialect.common.listHosts) {
      out.println("  hosts (" + hosts.size() + "):");
      hosts.forEach(host -> out.println("    " + host.name()));
      return 0;
    }
    VariableStore variables = session.variables(inventory);
    PlaybookLoader loader = session.loader();
    RunOptions options = session.runOptions(new PlaybookDialect());
    Playbook playbook = loader.load(AdhocPlay.source(pattern, dialect), here);
    session.complain();
    try (PlaybookRunner runner =
        new PlaybookRunner(session.request(options, variables, loader, Optional.of(here)))) {
      PlaybookRunner.Ended ended = runner.run(playbook);
      return ended.anyUnreachable() ? UNREACHABLE : ended.anyFailed() ? FAILED : 0;
    }
  }

  private int inventory(InventoryDialect dialect) {
    if (dialect.common.version) {
      return version("ansible-inventory");
    }
    Session session = session(dialect.common);
    Inventory inventory = session.inventory(dialect.folder.map(Path::of));
    session.complain();
    InventoryText text = new InventoryText(inventory, dialect.export);
    String told;
    if (dialect.host.isPresent()) {
      Host host =
          inventory
              .find(dialect.host.get())
              .orElseThrow(() -> wrong("You must pass a single valid host to --host parameter"));
      told = form(dialect, text.variables(host));
    } else if (dialect.graph) {
      String group = dialect.group.orElse(Inventory.ALL);
      if (!inventory.groupNames().contains(group)) {
        throw wrong("Pattern must be valid group name when using --graph");
      }
      told = text.graph(group, dialect.vars);
    } else if (dialect.list) {
      told = form(dialect, dialect.yaml ? text.nested() : text.list());
    } else {
      throw wrong(
          "No action selected, at least one of --host, --graph or --list needs to be specified.");
    }
    if (dialect.output.isEmpty()) {
      out.print(told);
      return 0;
    }
    try {
      Files.writeString(Path.of(dialect.output.get()), told);
      return 0;
    } catch (IOException e) {
      throw wrong("Unable to write to destination file " + dialect.output.get() + ": " + e);
    }
  }

  private static String form(InventoryDialect dialect, Object value) {
    return dialect.yaml ? InventoryText.yaml(value) : InventoryText.json(value) + "\n";
  }

  private static CommandLine.ParameterException wrong(String why) {
    return new CommandLine.ParameterException(Syntax.plain("inventory", () -> 0).line(), why);
  }

  private int version(String command) {
    out.println(command + " [core 2.19.0]");
    out.println("  config file = None");
    out.println("  executable location = kk");
    return 0;
  }
}
