package kk.modules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.CommandResult;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.FileMode;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Keys that may log in as a user. Three round trips at most: who the user is and what the file
/// says, the directory, the file.
@Doc("keeps SSH keys that may log in as a user, or keeps them out")
public final class AuthorizedKeyModule implements Module<AuthorizedKeyModule.Args> {

  /// Whether the keys have to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `authorized_key` takes.
  public record Args(
      @Doc("who can be logged in as") String user,
      @Doc("the public keys, one a line") String key,
      @Doc("whether they have to be there") @Default("present") State state,
      @Doc("the file; by itself `.ssh/authorized_keys` in the user's home directory")
          Optional<String> path,
      @Doc("options to write before the keys") Optional<String> keyOptions,
      @Doc("keep no other keys in the file") @Default("false") boolean exclusive,
      @Doc("comment to write behind the keys") Optional<String> comment,
      @Doc("make the file's directory, and keep it to the user") @Default("true") boolean manageDir,
      @Doc("write to where the file points when it is a symbolic link") @Default("false")
          boolean follow) {

    public Args {
      if (key.matches("https?://\\S+")) {
        throw new IllegalArgumentException(
            "`key` is the keys themselves; read them with `lookup('url', '" + key + "')`");
      }
      List<String> lines = key.lines().filter(line -> !isRemark(line)).toList();
      if (lines.isEmpty() || lines.stream().anyMatch(l -> AuthorizedKey.parse(l).isEmpty())) {
        throw new IllegalArgumentException("invalid key specified: " + key.strip());
      }
    }

    private static boolean isRemark(String line) {
      return line.isBlank() || line.strip().startsWith("#");
    }

    private List<AuthorizedKey> keys() {
      return key.lines()
          .flatMap(line -> AuthorizedKey.parse(line).stream())
          .map(k -> keyOptions.isPresent() ? k.withOptions(keyOptions) : k)
          .map(k -> comment.map(k::withComment).orElse(k))
          .toList();
    }
  }

  @Override
  public String name() {
    return "authorized_key";
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
                .set("user", args.user())
                .setPath("path", args.path())
                .add("authorized_key")
                .command());
    if (!result.succeeded()) {
      throw new TaskFailed(result.stderr().strip());
    }
    Answer answer = Answer.of(result.stdout());
    HostText file =
        new HostText(
            answer.text("file"),
            answer.find("exists").map(_ -> answer.decoded("content")),
            StandardCharsets.UTF_8);
    String before = file.before().orElse("");
    List<String> lines = edited(args, before.lines().toList());
    boolean same = lines.equals(before.lines().toList());
    boolean wanted = args.state() == State.PRESENT;
    boolean made = wanted && args.manageDir() && keepDirectory(args, answer, host);
    Outcome outcome =
        same && !wanted
            ? Outcome.unchanged()
            : file.replace(
                same ? before : lines.isEmpty() ? "" : String.join("\n", lines) + "\n",
                new HostText.Edit(
                    false,
                    Optional.empty(),
                    Attributes.ofMode(Optional.of(new FileMode("0600")))
                        .ownedBy(answer.find("uid"), answer.find("gid"))),
                "",
                args.follow(),
                host);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("user", args.user());
    values.put("key", args.key());
    values.put("keyfile", file.path());
    values.put("state", args.state().name().toLowerCase(Locale.ROOT));
    values.put("exclusive", args.exclusive());
    args.keyOptions().ifPresent(options -> values.put("key_options", options));
    Details details = new Details(values, outcome.details().diffs(), Optional.empty(), List.of());
    return Outcome.changedIf(made || outcome instanceof Outcome.Changed, details);
  }

  private static List<String> edited(Args args, List<String> lines) {
    List<AuthorizedKey> wanted = args.keys();
    List<String> edited = new ArrayList<>(lines);
    if (args.state() == State.ABSENT) {
      edited.removeIf(line -> find(line, wanted).isPresent());
      return edited;
    }
    if (args.exclusive()) {
      edited.removeIf(
          line -> AuthorizedKey.parse(line).isPresent() && find(line, wanted).isEmpty());
    }
    for (AuthorizedKey key : wanted) {
      boolean placed = false;
      for (int i = 0; i < edited.size(); i++) {
        Optional<AuthorizedKey> known = AuthorizedKey.parse(edited.get(i)).filter(key::isSameKey);
        if (known.isPresent()) {
          placed = true;
          AuthorizedKey as =
              args.comment().isPresent() ? key : key.withComment(known.get().comment());
          if (!known.get().equals(as)) {
            edited.set(i, as.text());
          }
        }
      }
      if (!placed) {
        edited.add(key.text());
      }
    }
    return edited;
  }

  private static Optional<AuthorizedKey> find(String line, List<AuthorizedKey> keys) {
    return AuthorizedKey.parse(line).filter(known -> keys.stream().anyMatch(known::isSameKey));
  }

  private static boolean keepDirectory(Args args, Answer answer, HostAccess host)
      throws UnreachableException, InterruptedException {
    String file = answer.text("file");
    Script look =
        new Script()
            .set("path", file.substring(0, Math.max(1, file.lastIndexOf('/'))))
            .set("owner", answer.text("uid"))
            .set("group", answer.text("gid"))
            .set("mode", "0700")
            .add("attributes");
    return host.converge(
            new Convergence(
                "keep the directory of the keys to " + args.user(),
                look.addText("kk_stat \"$path\" || return 1\n! kk_differs d").text(),
                "[ -d \"$path\" ] || mkdir \"$path\" || return 1\nkk_apply \"$path\" d"))
        .differed();
  }
}
