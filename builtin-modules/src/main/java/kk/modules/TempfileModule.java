package kk.modules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Makes a temporary file or directory on the host and tells its path.
@Doc("makes a temporary file or directory on the host")
public final class TempfileModule implements Module<TempfileModule.Args> {

  /// What to make.
  public enum State {
    FILE,
    DIRECTORY
  }

  /// What `tempfile` takes.
  public record Args(
      @Doc("what to make") @Default("file") State state,
      @Doc("directory to make it in, instead of the host's usual one") Optional<String> path,
      @Doc("how its name begins") @Default("ansible.") String prefix,
      @Doc("how its name ends") @Default("") String suffix) {}

  @Override
  public String name() {
    return "tempfile";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Script script =
        new Script()
            .setPath("path", args.path())
            .set("prefix", args.prefix())
            .set("suffix", args.suffix())
            .set("option", args.state() == State.DIRECTORY ? "-d" : "")
            .addText(
                """
                umask 077
                made=$(mktemp $option "${path:-${TMPDIR:-/tmp}}/${prefix}XXXXXXXX") || exit 1
                if [ -n "$suffix" ]; then mv "$made" "$made$suffix" || exit 1; fi
                printf '%s\\n' "$made$suffix"
                """);
    Optional<CommandResult> made =
        host.change("make a temporary file", touch -> touch.run(script.command()));
    if (made.isEmpty()) {
      return new Outcome.Skipped("No temporary file is made in check mode", Details.NONE);
    }
    if (!made.get().succeeded()) {
      throw new TaskFailed(made.get().stderr().strip());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("path", made.get().stdout().strip());
    values.put("state", args.state() == State.DIRECTORY ? "directory" : "file");
    return new Outcome.Changed(Details.of(values));
  }
}
