package kk.modules;

import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Diff;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TimePattern;
import kk.spi.UnreachableException;

/// Makes directories and links, removes paths, sets owner and mode.
@Doc("makes directories and links, removes paths, sets owner and mode")
public final class FileModule implements Module<FileModule.Args> {

  /// What a path can be.
  public enum State {
    FILE,
    DIRECTORY,
    TOUCH,
    ABSENT,
    LINK,
    HARD
  }

  /// What `file` takes.
  public record Args(
      @Doc("path on the host") @Alias({"dest", "name"}) String path,
      @Doc("what it has to be") Optional<State> state,
      Attributes attributes,
      @Doc("apply owner, group and mode to all that is inside the directory") @Default("false")
          boolean recurse,
      @Doc("what a link points to") Optional<String> src,
      @Doc("make a link though its target is missing, or in place of a file") @Default("false")
          boolean force,
      @Doc("act on what a symbolic link points to") @Default("true") boolean follow,
      @Doc(
              "when it was changed, on the host's clock: `now`, `preserve` or a time; `touch` means now")
          Optional<String> modificationTime,
      @Doc("when it was read, in the same words") Optional<String> accessTime,
      @Doc("how `modification_time` is written, in the words of `strptime`")
          @Default("%Y%m%d%H%M.%S")
          String modificationTimeFormat,
      @Doc("how `access_time` is written") @Default("%Y%m%d%H%M.%S") String accessTimeFormat) {

    public Args {
      boolean link = state.isPresent() && (state.get() == State.LINK || state.get() == State.HARD);
      if (recurse && state.isPresent() && state.get() != State.DIRECTORY) {
        throw new IllegalArgumentException("`recurse` goes with `state: directory` only");
      }
      if (src.isPresent() && !link) {
        throw new IllegalArgumentException("`src` goes with `state: link` or `hard` only");
      }
      if (state.isPresent() && state.get() == State.HARD && src.isEmpty()) {
        throw new IllegalArgumentException("a link needs `src`, what it points to");
      }
      modificationTime = modificationTime.map(time -> time(time, modificationTimeFormat));
      accessTime = accessTime.map(time -> time(time, accessTimeFormat));
    }

    /// A time in the words of `touch`.
    private static String time(String given, String format) {
      return given.equals("now") || given.equals("preserve")
          ? given
          : new TimePattern(format).read(given).format(TOUCH);
    }
  }

  private static final DateTimeFormatter TOUCH =
      DateTimeFormatter.ofPattern("yyyyMMddHHmm.ss", Locale.ROOT);

  private static final List<String> FUNCTIONS =
      List.of(
          Script.text("attributes"),
          Script.function("kk_file_look", "file.look"),
          Script.function("kk_file_change", "file.change"));

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    State state = args.state().orElse(args.recurse() ? State.DIRECTORY : State.FILE);
    String usual = state == State.TOUCH ? "now" : "preserve";
    Script look =
        new Script()
            .setPath("path", args.path())
            .setPath("src", args.src())
            .set("wanted", state.name().toLowerCase(Locale.ROOT))
            .set("explicit", args.state().isPresent())
            .set("recurse", args.recurse())
            .set("force", args.force())
            .set("follow", args.follow())
            .set("modified", args.modificationTime().orElse(usual))
            .set("accessed", args.accessTime().orElse(usual));
    Converged converged =
        host.converge(
            new Convergence(
                    what(state, args.path()),
                    args.attributes().into(look).addText("kk_file_look").text(),
                    "kk_file_change")
                .withFunctions(FUNCTIONS));
    Answer before = Answer.of(converged.looked());
    Answer now = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(state == State.LINK || state == State.HARD ? "dest" : "path", args.path());
    args.src().ifPresent(src -> values.put("src", src));
    values.putAll(Attributes.values(now));
    Details details = Details.of(values);
    if (host.showsDiff() && converged.differed()) {
      String wanted = state.name().toLowerCase(Locale.ROOT);
      details =
          details.with(new Diff(args.path(), line(before.text("was"), before), line(wanted, now)));
    }
    return Outcome.changedIf(converged.differed(), details);
  }

  private static String line(String state, Answer answer) {
    StringBuilder text = new StringBuilder("state: " + state + "\n");
    for (String key : new String[] {"owner", "group", "mode"}) {
      answer.find(key).ifPresent(value -> text.append(key + ": " + value + "\n"));
    }
    return text.toString();
  }

  private static String what(State state, String path) {
    return switch (state) {
      case FILE -> "set owner and mode of " + path;
      case DIRECTORY -> "make the directory " + path;
      case TOUCH -> "touch " + path;
      case ABSENT -> "remove " + path;
      case LINK, HARD -> "link " + path;
    };
  }
}
