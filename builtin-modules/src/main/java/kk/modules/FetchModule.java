package kk.modules;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Brings a file from the host to this machine: one round trip when it is here already, two and the
/// data otherwise. It comes under a temporary name and is renamed when it is complete.
@Doc("brings a file from the host to this machine")
public final class FetchModule implements Module<FetchModule.Args> {

  /// What `fetch` takes.
  public record Args(
      @Doc("the file on the host") String src,
      @Doc("where it goes here: a directory that gets HOST/PATH below it, or with `flat` the file")
          String dest,
      @Doc("put it to `dest` itself; under its own name when that ends in a slash")
          @Default("false")
          boolean flat,
      @Doc("fail when the file isn't there") @Default("true") boolean failOnMissing,
      @Doc("compare digests after the transfer; always so") @Default("true")
          boolean validateChecksum) {}

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    CommandResult seen =
        host.look(
            new Script()
                .setPath("path", args.src())
                .addText("[ -e \"$path\" ] || exit 3\nsha256sum <\"$path\"")
                .command());
    if (seen.exit() == 3) {
      String why = "the remote file does not exist: " + args.src();
      return args.failOnMissing()
          ? Outcome.failed(why)
          : new Outcome.Unchanged(Details.of("msg", why + ", not transferring, ignored"));
    }
    if (!seen.succeeded()) {
      throw new TaskFailed("cannot read " + args.src() + ": " + seen.stderr().strip());
    }
    String sum = seen.stdout().replaceFirst("(?s) .*", "");
    Path target = target(args, host.name());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dest", target.toString());
    values.put("file", args.src());
    if (Files.isRegularFile(target) && digest(target).equals(sum)) {
      return new Outcome.Unchanged(Details.of(values));
    }
    if (!host.checking()) {
      transfer(args, host, target, sum);
      values.put("checksum", FileSource.digest(Content.ofFile(target), "SHA-1"));
    }
    return new Outcome.Changed(Details.of(values));
  }

  private static Path target(Args args, String hostName) {
    if (!args.flat()) {
      return Path.of(args.dest(), hostName, args.src().replaceFirst("^~?/+", ""));
    }
    String name = args.src().substring(args.src().lastIndexOf('/') + 1);
    return args.dest().endsWith("/") ? Path.of(args.dest(), name) : Path.of(args.dest());
  }

  private static void transfer(Args args, HostAccess host, Path target, String sum)
      throws UnreachableException, InterruptedException {
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null) {
      throw new TaskFailed(target + " is no file");
    }
    try {
      Files.createDirectories(directory);
      Path fresh = Files.createTempFile(directory, ".kk", "");
      try {
        CommandResult result;
        try (OutputStream out = Files.newOutputStream(fresh)) {
          result =
              host.read(
                  new Script().setPath("path", args.src()).addText("cat <\"$path\"").command(),
                  out);
        }
        if (!result.succeeded() || !digest(fresh).equals(sum)) {
          throw new TaskFailed(args.src() + " arrived damaged: " + result.stderr().strip());
        }
        Files.move(
            fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new TaskFailed("cannot write " + target + " on this machine: " + e.getMessage());
    }
  }

  private static String digest(Path file) {
    return FileSource.digest(Content.ofFile(file), "SHA-256");
  }
}
