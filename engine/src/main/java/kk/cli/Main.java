package kk.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kk.cli.compat.AnsibleCompat;
import kk.problem.ProblemsFound;
import kk.run.StopRequest;
import picocli.CommandLine;

/// The command line. Knows how to read it and which exit code an ending has; all else is in the
/// commands.
public final class Main {
  /// The version, as in the parent pom.
  static final String VERSION = "0.1.0";

  private Main() {}

  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) {
    System.exit(run(Terminal.ofProcess(), Home.find(), arguments));
  }

  /// Runs a command line and returns its exit code.
  public static int run(Terminal terminal, Home home, String... arguments) {
    if (List.of(arguments).equals(List.of("--version"))) {
      terminal.standardOutput().println("kk " + VERSION);
      return ExitCode.DONE.number();
    }
    if (AnsibleCompat.isAskedFor(List.of(arguments))) {
      return compat(terminal, List.of(arguments));
    }
    CommandLine commandLine =
        Commands.create(terminal, home, arguments.length == 0 ? "" : arguments[0]);
    commandLine.setOut(new PrintWriter(terminal.standardOutput(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(terminal.standardError(), true, StandardCharsets.UTF_8));
    commandLine.setExecutionExceptionHandler((e, line, parsed) -> failed(e, terminal));
    return commandLine.execute(arguments);
  }

  private static int compat(Terminal terminal, List<String> arguments) {
    try {
      PrintStream errors = terminal.standardError();
      return new AnsibleCompat(
              terminal.standardOutput(),
              errors,
              terminal::ask,
              grace ->
                  terminal.interrupts()
                      ? CtrlC.stops(grace, errors, AnsibleCompat.INTERRUPTED)
                      : new StopRequest())
          .run(arguments);
    } catch (InterruptedException e) {
      return ExitCode.INTERRUPTED.number();
    }
  }

  private static int failed(Exception e, Terminal terminal) throws Exception {
    return switch (e) {
      case ProblemsFound found -> {
        terminal.show(found.problems());
        yield ExitCode.INPUT.number();
      }
      case InterruptedException interrupted -> {
        terminal.standardError().println("interrupted");
        yield ExitCode.INTERRUPTED.number();
      }
      default -> {
        terminal
            .standardError()
            .println("this is a bug in kk " + VERSION + "; please report it with these lines:");
        e.printStackTrace(terminal.standardError());
        yield ExitCode.BUG.number();
      }
    };
  }
}
