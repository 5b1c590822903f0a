package kk.modules;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.FileMode;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.RequiresOneOf;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/// A file of user names and bcrypt hashes, as docker-registry and web servers read it. Hashes are
/// made and checked on this machine; passwords never reach the host. Two round trips.
@Doc("keeps user names and bcrypt hashes in an htpasswd file on the host")
public final class HtpasswdModule implements Module<HtpasswdModule.Args> {
  /// More bytes bcrypt doesn't see.
  private static final int LONGEST = 72;

  /// Whether the user has to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `htpasswd` takes.
  @RequiresOneOf({"name", "users"})
  public record Args(
      @Doc("the file on the host") @Alias("dest") String path,
      @Doc("name of one user") @Alias("username") Optional<String> name,
      @Doc("password of that user") Optional<Secret> password,
      @Doc("passwords of several users by their names") Optional<Map<String, Secret>> users,
      @Doc("whether the user has to be in the file") @Default("present") State state,
      @Doc("remove users that aren't named here") @Default("false") boolean exclusive,
      @Doc("how slow a hash is to compute: 2 to the power of this many rounds") @Default("10")
          int cost,
      Attributes attributes) {

    public Args {
      if (name.isPresent() == users.isPresent()) {
        throw new IllegalArgumentException("give either `name` or `users`");
      }
      if (state == State.PRESENT && name.isPresent() && password.isEmpty()) {
        throw new IllegalArgumentException("`password` is missing");
      }
      if (cost < 4 || cost > 17) {
        throw new IllegalArgumentException("`cost` is a number from 4 to 17");
      }
      Map<String, Secret> all = new LinkedHashMap<>(users.orElse(Map.of()));
      if (name.isPresent()) {
        all.put(name.get(), password.orElse(new Secret("")));
      }
      all.forEach(Args::check);
    }

    private static void check(String user, Secret password) {
      if (user.isEmpty() || user.contains(":") || user.contains("\n")) {
        throw new IllegalArgumentException("`" + user + "` can't be the name of a user here");
      }
      if (password.reveal().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
        throw new IllegalArgumentException(
            "the password of " + user + " is too long: bcrypt sees " + LONGEST + " bytes only");
      }
    }

    Map<String, Secret> wanted() {
      if (users.isPresent()) {
        return users.get();
      }
      return state == State.ABSENT ? Map.of() : Map.of(name.orElseThrow(), password.orElseThrow());
    }

    boolean drops(String user) {
      if (state == State.ABSENT) {
        return name.map(user::equals).orElseGet(() -> users.orElseThrow().containsKey(user));
      }
      return exclusive && !wanted().containsKey(user);
    }
  }

  @Override
  public String name() {
    return "htpasswd";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    CommandResult read =
        host.look(
            new Script()
                .setPath("path", args.path())
                .addText("[ ! -e \"$path\" ] || cat \"$path\"\necho .")
                .command());
    if (!read.succeeded() || !read.stdout().endsWith(".\n")) {
      throw new TaskFailed("cannot read " + args.path() + ": " + read.stderr().strip());
    }
    String before = read.stdout().substring(0, read.stdout().length() - 2);
    if (args.state() == State.ABSENT && before.isEmpty()) {
      return Outcome.unchanged();
    }
    String after = after(args, before);
    Optional<FileMode> mode =
        args.attributes()
            .mode()
            .or(() -> before.isEmpty() ? Optional.of(new FileMode("0600")) : Optional.empty());
    WantedFile.Written written =
        WantedFile.of(args.path(), after, args.attributes().withMode(mode)).converge(host);
    Map<String, Object> values = new LinkedHashMap<>(written.details().values());
    values.remove("checksum");
    values.put("path", args.path());
    values.put("state", args.state().name().toLowerCase(Locale.ROOT));
    return Outcome.changedIf(written.changed(), Details.of(values));
  }

  private static String after(Args args, String before) {
    Map<String, Secret> missing =
        new LinkedHashMap<>(args.state() == State.ABSENT ? Map.of() : args.wanted());
    List<String> lines = new ArrayList<>();
    for (String line : before.lines().toList()) {
      int colon = line.indexOf(':');
      if (line.startsWith("#") || colon < 0) {
        lines.add(line);
        continue;
      }
      String user = line.substring(0, colon);
      if (args.drops(user)) {
        continue;
      }
      Secret password = missing.remove(user);
      boolean holds = password == null || verifies(line.substring(colon + 1), password);
      lines.add(holds || password == null ? line : entry(user, password, args.cost()));
    }
    missing.forEach((user, password) -> lines.add(entry(user, password, args.cost())));
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static boolean verifies(String hash, Secret password) {
    try {
      return hash.startsWith("$2") && OpenBSDBCrypt.checkPassword(hash.strip(), chars(password));
    } catch (IllegalArgumentException | org.bouncycastle.crypto.DataLengthException e) {
      return false;
    }
  }

  private static String entry(String user, Secret password, int cost) {
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    return user + ":" + OpenBSDBCrypt.generate("2y", chars(password), salt, cost);
  }

  private static char[] chars(Secret password) {
    return password.reveal().toCharArray();
  }
}
