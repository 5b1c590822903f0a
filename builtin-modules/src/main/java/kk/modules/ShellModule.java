package kk.modules;

import java.util.Optional;
import kk.spi.Command;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.FreeForm;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Runs a text in a shell on the host.
@Doc("runs a command line in a shell on the host")
public final class ShellModule implements Module<ShellModule.Args> {

  /// What `shell` takes.
  public record Args(
      @Doc("the text the shell runs") @FreeForm String cmd,
      @Doc("directory to run it in") Optional<String> chdir,
      @Doc("don't run when this path, or one matching this pattern, is there")
          Optional<String> creates,
      @Doc("run only when this path, or one matching this pattern, is there")
          Optional<String> removes,
      @Doc("what it reads on standard input") Optional<String> stdin,
      @Doc("end `stdin` with a line break") @Default("true") boolean stdinAddNewline,
      @Doc("drop line breaks at the end of what it prints") @Default("true") boolean stripEmptyEnds,
      @Doc("shell to use; its text is then visible in the host's process list") @Default("/bin/sh")
          String executable) {}

  @Override
  public String name() {
    return "shell";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    String script =
        args.executable().equals("/bin/sh")
            ? args.cmd()
            : "exec " + Script.path(args.executable()) + " -c " + Command.quote(args.cmd());
    return new Execution(
            script,
            args.cmd(),
            new Execution.Conditions(args.chdir(), args.creates(), args.removes()),
            Execution.input(args.stdin(), args.stdinAddNewline()),
            args.stripEmptyEnds())
        .run(host);
  }
}
