package kk.modules;

import java.util.List;
import java.util.Optional;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.FreeForm;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Runs a program without a shell's globbing, pipes and redirections; `$NAME` and `~` are filled in
/// on the host, as Ansible does it.
@Doc("runs a program on the host, without a shell")
public final class CommandModule implements Module<CommandModule.Args> {

  /// What `command` takes.
  public record Args(
      @Doc("the program and its arguments, in one line") @FreeForm Optional<String> cmd,
      @Doc("the program and its arguments, as a list") Optional<List<Object>> argv,
      @Doc("directory to run it in") Optional<String> chdir,
      @Doc("don't run when this path, or one matching this pattern, is there")
          Optional<String> creates,
      @Doc("run only when this path, or one matching this pattern, is there")
          Optional<String> removes,
      @Doc("what it reads on standard input") Optional<String> stdin,
      @Doc("end `stdin` with a line break") @Default("true") boolean stdinAddNewline,
      @Doc("drop line breaks at the end of what it prints") @Default("true") boolean stripEmptyEnds,
      @Doc("fill in `$NAME` and `~`") @Default("true") boolean expandArgumentVars) {

    public Args {
      if (cmd.isPresent() == argv.isPresent()) {
        throw new IllegalArgumentException("give the command either as a line or as `argv`");
      }
      if (cmd.filter(String::isBlank).isPresent() || argv.filter(List::isEmpty).isPresent()) {
        throw new IllegalArgumentException("the command is empty");
      }
    }
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Words words =
        args.cmd()
            .map(Words::split)
            .orElseGet(
                () -> new Words(args.argv().orElseThrow().stream().map(PlainText::of).toList()));
    String shell = args.expandArgumentVars() ? words.expanding() : words.quoted();
    String script =
        "set -- "
            + shell
            + "\ncommand -v -- \"$1\" >/dev/null 2>&1 || "
            + "{ printf '"
            + Execution.NOT_THERE
            + "there is no command %s on this host\\n' \"$1\" >&2; exit 2; }\n"
            + "exec \"$@\"";
    return new Execution(
            script,
            words.words(),
            new Execution.Conditions(args.chdir(), args.creates(), args.removes()),
            Execution.input(args.stdin(), args.stdinAddNewline()),
            args.stripEmptyEnds())
        .run(host);
  }
}
