package kk.modules;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import kk.spi.Content;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.FreeForm;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Runs a script of this machine on the host in one round trip. A shell script leaves no file
/// there; one for another interpreter gets a file that only the login can read and that is removed
/// again.
@Doc("runs a script of this machine on the host, which needs no copy of it")
public final class ScriptModule implements Module<ScriptModule.Args> {

  /// What `script` takes.
  public record Args(
      @Doc("the script, looked up in the role's `files/`, and its arguments") @FreeForm String cmd,
      @Doc("directory to run it in") Optional<String> chdir,
      @Doc("skip it when this path is there") Optional<String> creates,
      @Doc("skip it when this path isn't there") Optional<String> removes,
      @Doc("open the script with the vault passwords if it is encrypted") @Default("true")
          boolean decrypt,
      @Doc("program that runs the script, instead of the one its first line names")
          Optional<String> executable,
      @Doc("what it reads on standard input") Optional<String> stdin,
      @Doc("end `stdin` with a line break") @Default("true") boolean stdinAddNewline) {

    public Args {
      if (chdir.filter(path -> !path.startsWith("/") && !path.startsWith("~")).isPresent()) {
        throw new IllegalArgumentException("`chdir` is an absolute path");
      }
    }
  }

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
    byte[] bytes =
        WantedFile.bytes(args.decrypt() ? host.localContent(file) : Content.ofFile(file));
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> arguments = words.subList(1, words.size());
    boolean forShell =
        args.executable().isEmpty()
            && text.indexOf('\0') < 0
            && (!text.startsWith("#!") || text.matches("(?s)#! ?(/usr)?/bin/sh\\b.*"));
    return new Execution(
            forShell ? inline(text, arguments) : fromFile(bytes, arguments, args.executable()),
            args.cmd(),
            new Execution.Conditions(args.chdir(), args.creates(), args.removes(), true),
            Execution.input(args.stdin(), args.stdinAddNewline()),
            false)
        .run(host);
  }

  private static String inline(String text, List<String> arguments) {
    return new Script().setWords(arguments).addText(text).text();
  }

  private static String fromFile(byte[] script, List<String> arguments, Optional<String> runner) {
    Base64.Encoder lines = Base64.getMimeEncoder(76, new byte[] {'\n'});
    return """
    kk_file=$(umask 077 && mktemp) || exit 2
    base64 -d >"$kk_file" <<'KK_SCRIPT' || exit 2
    %s
    KK_SCRIPT
    chmod 700 "$kk_file"
    %s "$kk_file" %s
    kk_status=$?
    rm -f "$kk_file"
    exit $kk_status
    """
        .formatted(
            lines.encodeToString(script),
            runner.map(r -> Words.split(r).quoted()).orElse(""),
            new Words(arguments).quoted());
  }
}
