package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Keeps the key of a host in a `known_hosts` file. Two round trips; the file is read and compared
/// here, so the host needs no ssh-keygen.
@Doc("keeps a host's key in a `known_hosts` file, or keeps it out")
public final class KnownHostsModule implements Module<KnownHostsModule.Args> {

  /// Whether the key has to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `known_hosts` takes.
  public record Args(
      @Doc("the host as `key` has it, with a port of its own `[host]:port`") @Alias("host")
          String name,
      @Doc("the whole line: name, kind of key, key; with `absent` it may be left out")
          Optional<String> key,
      @Doc("the file") @Default("~/.ssh/known_hosts") String path,
      @Doc("write the name so that it can't be read") @Default("false") boolean hashHost,
      @Doc("whether the key has to be there") @Default("present") State state) {

    public Args {
      if (name.contains(",")) {
        throw new IllegalArgumentException("`name` is one name; `" + name + "` has a comma");
      }
      if (state == State.PRESENT && key.isEmpty()) {
        throw new IllegalArgumentException("`key` is missing: which key does the host have?");
      }
      if (key.isPresent()) {
        KnownHostLine line =
            KnownHostLine.parse(key.get())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "`key` is no line of a known_hosts file: name, kind of key, key"));
        if (!line.isAbout(name.toLowerCase(Locale.ROOT))) {
          throw new IllegalArgumentException(
              "Host parameter does not match hashed host field in supplied key");
        }
      }
    }

    private String host() {
      return name.toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "known_hosts";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HostText file = HostText.read(args.path(), host);
    String before = file.before().orElse("");
    List<String> lines = new ArrayList<>(before.lines().toList());
    edit(args, lines);
    boolean same = lines.equals(before.lines().toList());
    String after = same ? before : lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    Outcome outcome = file.replace(after, HostText.Edit.PLAIN, "", host);
    Map<String, Object> values = new LinkedHashMap<>(outcome.details().values());
    values.remove("msg");
    values.put("name", args.name());
    args.key().ifPresent(key -> values.put("key", key));
    values.put("path", args.path());
    values.put("hash_host", args.hashHost());
    values.put("state", args.state().name().toLowerCase(Locale.ROOT));
    values.put(
        "diff",
        Map.of(
            "before_header",
            file.before().isPresent() ? args.path() : "/dev/null",
            "after_header",
            args.path(),
            "before",
            before,
            "after",
            after));
    Details details = new Details(values, outcome.details().diffs(), Optional.empty(), List.of());
    return Outcome.changedIf(outcome instanceof Outcome.Changed, details);
  }

  /// A key takes the place of the one of its kind; without a key, all about the host go.
  private static void edit(Args args, List<String> lines) {
    Optional<KnownHostLine> wanted = args.key().flatMap(KnownHostLine::parse);
    if (wanted.isEmpty()) {
      lines.removeIf(line -> about(args, line).isPresent());
      return;
    }
    KnownHostLine line = args.hashHost() ? wanted.get().hashed(args.host()) : wanted.get();
    for (int i = 0; i < lines.size(); i++) {
      Optional<KnownHostLine> known = about(args, lines.get(i));
      if (known.filter(line::says).isPresent() && args.state() == State.PRESENT) {
        return;
      }
      if (known.filter(k -> k.type().equals(line.type())).isPresent()) {
        lines.remove(i);
        break;
      }
    }
    if (args.state() == State.PRESENT) {
      lines.add(args.hashHost() ? line.text() : args.key().orElseThrow().strip());
    }
  }

  private static Optional<KnownHostLine> about(Args args, String line) {
    return KnownHostLine.parse(line).filter(known -> known.isAbout(args.host()));
  }
}
