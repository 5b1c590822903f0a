package kk.modules;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import kk.spi.Alias;
import kk.spi.CommandResult;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Reads a file from the host into a variable.
@Doc("reads a file from the host, in base64 under `content`")
public final class SlurpModule implements Module<SlurpModule.Args> {

  /// What `slurp` takes.
  public record Args(@Doc("the file on the host") @Alias("path") String src) {}

  @Override
  public String name() {
    return "slurp";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CommandResult result =
        host.read(
            new Script().setPath("path", args.src()).addText("cat <\"$path\"").command(), bytes);
    if (!result.succeeded()) {
      throw new TaskFailed("cannot read " + args.src() + ": " + result.stderr().strip());
    }
    String content =
        new String(Base64.getEncoder().encode(bytes.toByteArray()), StandardCharsets.US_ASCII);
    return new Outcome.Unchanged(
        Details.of(Map.of("content", content, "source", args.src(), "encoding", "base64")));
  }
}
