package kk.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.FreeForm;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Runs a shell script of this machine on the host. Its text goes over the line in the one round
/// trip; no file is left behind.
@Doc("runs a shell script of this machine on the host, which needs no copy of it")
public final class ScriptModule implements Module<ScriptModule.Args> {

  /// What `script` takes.
  public record Args(
      @Doc("the script, looked up in the role's `files/`, and its arguments") @FreeForm String cmd,
      @Doc("directory to run it in") Optional<String> chdir,
      @Doc("don't run when this path, or one matching this pattern, is there")
          Optional<String> creates,
      @Doc("run only when this path, or one matching this pattern, is there")
          Optional<String> removes,
      @Doc("what it reads on standard input") Optional<String> stdin,
      @Doc("end `stdin` with a line break") @Default("true") boolean stdinAddNewline) {}

  @Override
  public String name() {
    return "script";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    List<String> words = Words.split(args.cmd()).words();
    if (words.isEmpty()) {
      throw new TaskFailed("no script is named");
    }
    Path file = host.localFile(words.getFirst(), "files");
    List<String> shell = new ArrayList<>();
    shell.add("set --");
    words.subList(1, words.size()).forEach(word -> shell.add(kk.spi.Command.quote(word)));
    return new Execution(
            String.join(" ", shell) + "\n" + text(file),
            args.cmd(),
            new Execution.Conditions(args.chdir(), args.creates(), args.removes()),
            Execution.input(args.stdin(), args.stdinAddNewline()),
            true)
        .run(host);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine");
    }
  }
}
