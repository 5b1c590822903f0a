package kk.modules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern MIME = Pattern.compile("^([^ ;]+/[^ ;]+); charset=(\\S+)$");

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
      @Doc("tell `mimetype` and `charset`, by the host's `file`; `unknown` where it has none")
          @Default("true")
          @Alias({"mime", "mime_type", "mime-type"})
          boolean getMime,
      @Doc("tell flags of the file system, by the host's `lsattr`")
          @Default("true")
          @Alias({"attr", "attributes"})
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
                .set("mime", args.getMime())
                .set("flags", args.getAttributes())
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
    for (String key : new String[] {"block_size", "blocks"}) {
      answer.number(key).ifPresent(number -> stat.put(key, number));
    }
    for (String key : new String[] {"lnk_target", "lnk_source", "checksum"}) {
      answer.find(key).ifPresent(text -> stat.put(key, text));
    }
    for (String key : new String[] {"readable", "writeable", "executable"}) {
      stat.put(key, answer.yes(key));
    }
    answer.find("mime").ifPresent(mime -> stat.putAll(mime(mime)));
    if (args.getAttributes()) {
      stat.putAll(FileFlags.of(answer));
    }
    return stat;
  }

  /// @param text what `file -bi` said: `text/plain; charset=us-ascii`
  private static Map<String, Object> mime(String text) {
    Matcher mime = MIME.matcher(text);
    boolean known = mime.find();
    return Map.of(
        "mimetype",
        known ? mime.group(1) : "unknown",
        "charset",
        known ? mime.group(2) : "unknown");
  }
}
