package kk.modules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import kk.spi.Alias;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Tells about a path on the host.
@Doc("tells what a path on the host is, under the key `stat` of the result")
public final class StatModule implements Module<StatModule.Args> {

  /// How to compute `checksum`.
  public enum Algorithm {
    MD5,
    SHA1,
    SHA224,
    SHA256,
    SHA384,
    SHA512;

    /// The program that computes it.
    String command() {
      return name().toLowerCase(Locale.ROOT) + "sum";
    }
  }

  /// What `stat` takes.
  public record Args(
      @Doc("path on the host") @Alias({"dest", "name"}) String path,
      @Doc("look at what a symbolic link points to") @Default("false") boolean follow,
      @Doc("compute `checksum`") @Default("true") boolean getChecksum,
      @Doc("how to compute `checksum`") @Default("sha1") @Alias({"checksum", "checksum_algo"})
          Algorithm checksumAlgorithm,
      @Doc("accepted for Ansible's sake; no `mimetype` is told") @Default("true") boolean getMime,
      @Doc("accepted for Ansible's sake; no `attributes` are told") @Default("true")
          boolean getAttributes) {}

  @Override
  public String name() {
    return "stat";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    CommandResult result =
        host.look(
            new Script()
                .setPath("path", args.path())
                .set("follow", args.follow())
                .set("sum", args.getChecksum() ? args.checksumAlgorithm().command() : "")
                .add("stat")
                .command());
    if (!result.succeeded()) {
      throw new TaskFailed(result.stderr().strip());
    }
    return new Outcome.Unchanged(Details.of("stat", values(args, Answer.of(result.stdout()))));
  }

  private static Map<String, Object> values(Args args, Answer answer) {
    Map<String, Object> stat = new LinkedHashMap<>();
    boolean exists = answer.yes("exists");
    stat.put("exists", exists);
    if (!exists) {
      return stat;
    }
    stat.put("path", args.path());
    stat.putAll(FileStatus.of(answer));
    for (String key : new String[] {"lnk_target", "lnk_source", "checksum"}) {
      answer.find(key).ifPresent(text -> stat.put(key, text));
    }
    for (String key : new String[] {"readable", "writeable", "executable"}) {
      stat.put(key, answer.yes(key));
    }
    return stat;
  }
}
