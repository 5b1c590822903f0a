package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Looks up users, groups, hosts and whatever else the host's name service knows. One round trip.
@Doc("looks up entries of the host's databases such as `passwd`, as the fact `getent_passwd`")
public final class GetentModule implements Module<GetentModule.Args> {
  private static final Set<String> WITH_COLONS = Set.of("passwd", "shadow", "group", "gshadow");

  /// What `getent` takes.
  public record Args(
      @Doc("the database, such as `passwd`, `group` or `hosts`") String database,
      @Doc("the entry; all of them, when there is none") Optional<String> key,
      @Doc("where to look instead of where the host usually does, such as `files`")
          Optional<String> service,
      @Doc("what is between the values of an entry; by itself, as the database has it")
          Optional<String> split,
      @Doc("fail when there is no such entry") @Default("true") boolean failKey) {

    public Args {
      if (!database.matches("[A-Za-z0-9_]+")) {
        throw new IllegalArgumentException("`" + database + "` can't be the name of a database");
      }
    }

    List<String> values(String line) {
      return split
          .or(() -> Optional.of(":").filter(_ -> WITH_COLONS.contains(database)))
          .map(separator -> List.of(line.split(Pattern.quote(separator), -1)))
          .orElseGet(() -> List.of(line.strip().split("\\s+", -1)));
    }
  }

  @Override
  public String name() {
    return "getent";
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
                .set("database", args.database())
                .set("key", args.key())
                .set("service", args.service())
                .addText("getent \"$database\" ${key:+\"$key\"} ${service:+-s \"$service\"}")
                .command());
    Map<String, Object> entries = new LinkedHashMap<>();
    Details details = Details.NONE;
    if (result.exit() == 2 && !args.failKey() && args.key().isPresent()) {
      entries.put(args.key().get(), null);
      details = details.with("msg", reason(2, ""));
    } else if (!result.succeeded()) {
      throw new TaskFailed(reason(result.exit(), result.stderr().strip()));
    } else {
      entries = read(args, result.stdout());
    }
    NewVariables facts =
        new NewVariables(NewVariables.Level.FACTS, Map.of("getent_" + args.database(), entries));
    return new Outcome.Unchanged(details.with(facts));
  }

  /// Entries by their first value. When several have the same one, it stands for a list of them.
  private static Map<String, Object> read(Args args, String lines) {
    Map<String, Object> entries = new LinkedHashMap<>();
    Set<String> several = new LinkedHashSet<>();
    for (String line : lines.lines().toList()) {
      List<String> values = args.values(line);
      String key = values.getFirst();
      Object rest = new ArrayList<>(values.subList(1, values.size()));
      Object before = entries.putIfAbsent(key, rest);
      if (before instanceof List<?> list) {
        List<Object> all = new ArrayList<>(several.add(key) ? List.of(list) : list);
        all.add(rest);
        entries.put(key, all);
      }
    }
    return entries;
  }

  private static String reason(int exit, String stderr) {
    return switch (exit) {
      case 1 -> "Missing arguments, or database unknown.";
      case 2 -> "One or more supplied key could not be found in the database.";
      case 3 -> "Enumeration not supported on this database.";
      default -> stderr;
    };
  }
}
