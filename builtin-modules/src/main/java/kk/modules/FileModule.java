package kk.modules;

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
import kk.spi.FileMode;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
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
      @Doc("permissions") Optional<FileMode> mode,
      @Doc("user it belongs to") Optional<String> owner,
      @Doc("group it belongs to") Optional<String> group,
      @Doc("apply owner, group and mode to all that is inside the directory") @Default("false")
          boolean recurse,
      @Doc("what a link points to") Optional<String> src,
      @Doc("make a link though its target is missing, or in place of a file") @Default("false")
          boolean force,
      @Doc("act on what a symbolic link points to") @Default("true") boolean follow,
      @Doc("for `touch`: `now` or `preserve`") @Default("now") String modificationTime,
      @Doc("for `touch`: `now` or `preserve`") @Default("now") String accessTime) {

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
    }
  }

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
    Script look =
        new Script()
            .setPath("path", args.path())
            .setPath("src", args.src())
            .set("wanted", state.name().toLowerCase(Locale.ROOT))
            .set("explicit", args.state().isPresent())
            .set("recurse", args.recurse())
            .set("force", args.force())
            .set("follow", args.follow())
            .set("keep_time", args.modificationTime().equals("preserve"))
            .set("keep_access", args.accessTime().equals("preserve"));
    Attributes attributes = new Attributes(args.mode(), args.owner(), args.group());
    Converged converged =
        host.converge(
            new Convergence(
                    what(state, args.path()),
                    attributes.into(look).addText("kk_file_look").text(),
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
