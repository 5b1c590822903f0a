package kk.modules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/// Lists what is below directories of the host. One round trip; a second one when contents or
/// checksums are asked for, and only for files that everything else has let pass. Patterns are
/// Java's, which read like Python's.
@Doc("lists files and directories on the host that answer a description, under the key `files`")
public final class FindModule implements Module<FindModule.Args> {

  /// What is looked for.
  public enum FileType {
    FILE("f"),
    DIRECTORY("d"),
    LINK("l"),
    ANY("");

    private final String letter;

    FileType(String letter) {
      this.letter = letter;
    }
  }

  /// Which time of a file its age is counted from.
  public enum AgeStamp {
    MTIME,
    ATIME,
    CTIME
  }

  /// What `find` takes.
  public record Args(
      @Doc("directories to look into") @Alias({"path", "name"}) List<String> paths,
      @Doc("names that are wanted, as the shell matches them; all, when there are none")
          @Alias("pattern")
          Optional<List<String>> patterns,
      @Doc("names that are not wanted") @Alias("exclude") Optional<List<String>> excludes,
      @Doc("read `patterns` and `excludes` as regular expressions") @Default("false")
          boolean useRegex,
      @Doc("what is looked for") @Default("file") FileType fileType,
      @Doc("look into directories below too") @Default("false") boolean recurse,
      @Doc("how many levels to go down with `recurse`") Optional<Integer> depth,
      @Doc("take names that begin with a dot too") @Default("false") boolean hidden,
      @Doc("go through symbolic links to directories") @Default("false") boolean follow,
      @Doc("at least this old, such as `2d`; with a minus, at most: units are s, m, h, d, w")
          Optional<String> age,
      @Doc("which time `age` is about") @Default("mtime") AgeStamp ageStamp,
      @Doc("at least this many bytes, such as `10k`; with a minus, at most") Optional<String> size,
      @Doc("permissions it has") Optional<kk.spi.FileMode> mode,
      @Doc("whether `mode` is all there may be, or what there has to be at least") @Default("true")
          boolean exactMode,
      @Doc("a regular expression that some line of the file begins with") Optional<String> contains,
      @Doc("look for `contains` anywhere in the whole text") @Default("false")
          boolean readWholeFile,
      @Doc("encoding of the files that `contains` looks into") @Default("utf-8") String encoding,
      @Doc("tell digests of files") @Default("false") boolean getChecksum,
      @Doc("how to compute `checksum`") @Default("sha1") @Alias({"checksum", "checksum_algo"})
          StatModule.Algorithm checksumAlgorithm,
      @Doc("how many to list at most") Optional<Integer> limit) {

    public Args {
      if (useRegex) {
        patterns.ifPresent(list -> list.forEach(HostText::checkPattern));
        excludes.ifPresent(list -> list.forEach(HostText::checkPattern));
      }
      contains.ifPresent(HostText::checkPattern);
      age.ifPresent(text -> Quantity.age(text));
      size.ifPresent(text -> Quantity.size(text));
      if (mode.isPresent() && !mode.get().isOctal()) {
        throw new IllegalArgumentException("`mode` is written in octal digits here");
      }
    }
  }

  @Override
  public String name() {
    return "find";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Listing listing = Listing.of(list(args, host));
    FoundFilter filter = new FoundFilter(args, listing.now());
    List<Found> found =
        new ArrayList<>(
            listing.found().stream()
                .filter(filter::takes)
                .sorted(Comparator.comparing(Found::path))
                .toList());
    Map<String, Object> skipped = new LinkedHashMap<>(listing.skipped());
    if (args.contains().isPresent()) {
      FileContents contents = FileContents.search(found, args, host);
      found.removeIf(file -> file.isRegular() && !contents.matching().contains(file));
      skipped.putAll(contents.skipped());
    }
    args.limit()
        .filter(most -> most < found.size())
        .ifPresent(most -> found.subList(most, found.size()).clear());
    if (args.getChecksum()) {
      addChecksums(found, args.checksumAlgorithm().command(), host);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("files", found.stream().map(Found::values).toList());
    values.put("matched", (long) found.size());
    values.put("examined", listing.examined());
    values.put("skipped_paths", skipped);
    values.put(
        "msg",
        skipped.isEmpty()
            ? "All paths examined"
            : "Not all paths examined, check warnings for details");
    Details details = Details.of(values);
    for (Map.Entry<String, Object> entry : skipped.entrySet()) {
      details = details.warn(entry.getKey() + " was skipped: " + entry.getValue());
    }
    return new Outcome.Unchanged(details);
  }

  private static String list(Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    Script script = new Script().addText("set --");
    for (String path : args.paths()) {
      script.setPath("path", tidy(path)).addText("set -- \"$@\" \"$path\"");
    }
    int depth = args.recurse() ? args.depth().orElse(0) : 1;
    CommandResult result =
        host.look(
            script
                .set("kind", args.follow() ? "" : args.fileType().letter)
                .set("follow", args.follow())
                .set("depth", depth > 0 ? Integer.toString(depth) : "")
                .set("examine", depth > 0 ? Integer.toString(depth + (args.recurse() ? 1 : 0)) : "")
                .add("find")
                .command());
    if (!result.succeeded()) {
      throw new TaskFailed(result.stderr().strip());
    }
    return result.stdout();
  }

  /// Without doubled and trailing slashes, which would be in every answer.
  private static String tidy(String path) {
    String single = path.replaceAll("/+", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }

  private static void addChecksums(List<Found> found, String sum, HostAccess host)
      throws UnreachableException, InterruptedException {
    List<Found> files = found.stream().filter(Found::isRegular).toList();
    if (files.isEmpty()) {
      return;
    }
    CommandResult result =
        host.look(
            new Script()
                .setWords(files.stream().map(Found::path).toList())
                .addText("for path; do sum=$(" + sum + " <\"$path\"); echo \"${sum%% *}\"; done")
                .command());
    List<String> sums = result.stdout().lines().toList();
    for (int i = 0; i < files.size() && i < sums.size(); i++) {
      if (!sums.get(i).isEmpty()) {
        files.get(i).values().put("checksum", sums.get(i));
      }
    }
  }

  /// One thing that is there.
  ///
  /// @param root the directory it was found below, as given
  /// @param values what `register` sees of it
  record Found(String path, String root, Map<String, Object> values) {
    boolean is(String kind) {
      return Boolean.TRUE.equals(values.get(kind));
    }

    boolean isRegular() {
      return is("isreg");
    }

    long number(String name) {
      return values.get(name) instanceof Long number ? number : 0;
    }

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /// Everything the host told.
  private record Listing(List<Found> found, Map<String, Object> skipped, long examined, long now) {
    private static final Pattern RECORD = Pattern.compile("(?:^|\n)//");
    private static final String PATH = "\npath=";

    static Listing of(String output) {
      List<Found> found = new ArrayList<>();
      List<Map<String, Object>> below = new ArrayList<>();
      Map<String, Object> skipped = new LinkedHashMap<>();
      long examined = 0;
      long now = 0;
      for (String text : RECORD.split(output.stripTrailing(), -1)) {
        int end = text.lastIndexOf(PATH);
        if (end < 0) {
          continue;
        }
        Answer answer = Answer.of(text.substring(0, end));
        String path = text.substring(end + PATH.length());
        if (answer.find("type").isPresent()) {
          Map<String, Object> values = new LinkedHashMap<>();
          values.put("path", path);
          values.putAll(FileStatus.of(answer));
          below.add(values);
        } else if (answer.find("skipped").isPresent()) {
          skipped.put(path, answer.text("skipped"));
        } else if (answer.find("examined").isPresent()) {
          examined += answer.number("examined").orElse(0L);
          below.forEach(values -> found.add(new Found(text(values), path, values)));
          below.clear();
        }
        now = answer.number("now").orElse(now);
      }
      return new Listing(found, skipped, examined, now);
    }

    private static String text(Map<String, Object> values) {
      return String.valueOf(values.get("path"));
    }
  }
}
