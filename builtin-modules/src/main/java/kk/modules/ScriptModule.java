package kk.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import kk.spi.Doc;
import kk.spi.FreeForm;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Runs a script from this machine on the host. Its text goes there on standard input, into a file
/// that only the login can read and that is removed afterwards. One round trip.
@Doc("runs a script of this machine on the host")
public final class ScriptModule implements Module<ScriptModule.Args> {

  /// What `script` takes.
  public record Args(
      @Doc("the script, looked up in the role's `files/`, and its arguments") @FreeForm String cmd,
      @Doc("directory to run it in") Optional<String> chdir,
      @Doc("don't run when this path, or one matching this pattern, is there")
          Optional<String> creates,
      @Doc("run only when this path, or one matching this pattern, is there")
          Optional<String> removes,
      @Doc("program that runs the script, instead of the one its first line names")
          Optional<String> executable) {}

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
      throw new TaskFailed("the command is empty");
    }
    Path file = host.localFile(words.getFirst(), "files");
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine");
    }
    String runner =
        args.executable()
            .map(shell -> new Words(List.of(shell.split(" ", -1))).quoted() + " ")
            .orElse("");
    String script =
        "kk_file=$(umask 077 && mktemp) && base64 -d >\"$kk_file\" && chmod 700 \"$kk_file\" || exit 2\n"
            + runner
            + "\"$kk_file\" "
            + new Words(words.subList(1, words.size())).quoted()
            + " </dev/null\nkk_status=$?\nrm -f \"$kk_file\"\nexit $kk_status";
    return new Execution(
            script,
            args.cmd(),
            new Execution.Conditions(args.chdir(), args.creates(), args.removes()),
            Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(text) + "\n",
            false)
        .run(host);
  }
}
