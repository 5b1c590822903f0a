package kk.modules;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// A user account. The password's hash and the key's passphrase go to the host on standard input
/// only.
@Doc("makes, changes and removes user accounts")
public final class UserModule implements Module<UserModule.Args> {

  /// Whether the account has to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `user` takes.
  public record Args(
      @Doc("name of the account") @Alias("user") String name,
      @Doc("whether it has to be there") @Default("present") State state,
      @Doc("number of the user") Optional<Long> uid,
      @Doc("least number a new account may get") Optional<Long> uidMin,
      @Doc("greatest number a new account may get") Optional<Long> uidMax,
      @Doc("allow a `uid` that another account has") @Default("false") boolean nonUnique,
      @Doc("the account's own group") Optional<String> group,
      @Doc("further groups it belongs to") Optional<List<String>> groups,
      @Doc("keep it in groups that `groups` doesn't name") @Default("false") boolean append,
      @Doc("home directory") Optional<String> home,
      @Doc("make the home directory when there is none") @Default("true") @Alias("createhome")
          boolean createHome,
      @Doc("move the old home directory to `home`") @Default("false") boolean moveHome,
      @Doc("directory whose files a new home directory gets; usually /etc/skel")
          Optional<String> skeleton,
      @Doc("bits that a new home directory's permissions lack, such as 0077")
          Optional<String> umask,
      @Doc("login shell") Optional<String> shell,
      @Doc("full name or any other remark") @Alias("gecos") Optional<String> comment,
      @Doc("give a new account a number below those of people") @Default("false") boolean system,
      @Doc("user of SELinux that a new account is") Optional<String> seuser,
      @Doc("when the account expires, in seconds since 1970; a negative number for never")
          Optional<Double> expires,
      @Doc("use libuser's programs and the host's own files, whatever directory service there is")
          @Default("false")
          boolean local,
      @Doc("with `state: absent`, remove the home directory too") @Default("false") boolean remove,
      @Doc("with `state: absent`, remove an account that is in use; also makes a new key for SSH")
          @Default("false")
          boolean force,
      AccountPassword login,
      AccountKey key,
      ForeignAccount foreign) {

    public Args {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*\\$?")) {
        throw new IllegalArgumentException("`" + name + "` can't be the name of an account");
      }
      if (append && groups.isEmpty()) {
        throw new IllegalArgumentException("`append` needs `groups`");
      }
      if (umask.filter(bits -> !bits.matches("[0-7]{1,4}")).isPresent()) {
        throw new IllegalArgumentException("`umask` is octal digits, such as 0077");
      }
      if (local && (umask.isPresent() || uidMin.isPresent() || uidMax.isPresent())) {
        throw new IllegalArgumentException(
            "`local` goes without `umask`, `uid_min` and `uid_max`, which libuser doesn't know");
      }
    }

    private String wanted() {
      return state.name().toLowerCase(Locale.ROOT);
    }

    /// The last day of the account, none when it has no end.
    private Optional<LocalDate> end() {
      return expires
          .filter(seconds -> seconds >= 0)
          .map(seconds -> LocalDate.EPOCH.plusDays((long) (seconds / 86_400)));
    }

    private Optional<String> belongsTo() {
      return groups.map(names -> String.join(",", names));
    }
  }

  private static final List<String> FUNCTIONS =
      List.of(
          Script.text("attributes"),
          Script.text("accounts"),
          Script.text("user.read"),
          Script.text("user.shadow"),
          Script.text("user.home"),
          Script.text("user.key"),
          Script.text("user.programs"),
          Script.function("kk_user_look", "user.look"),
          Script.function("kk_user_change", "user.change"));

  @Override
  public String name() {
    return "user";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    String verb = args.state() == State.ABSENT ? "remove" : "set up";
    Converged converged =
        host.converge(
            new Convergence(
                    verb + " user " + args.name(),
                    variables(args).addText("kk_user_look").text(),
                    "kk_user_change")
                .withFunctions(FUNCTIONS)
                .withInput(
                    args.login().login(args.name()) + "\n" + args.key().passphrase() + "\n"));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", args.name());
    values.put("state", args.wanted());
    if (args.state() == State.PRESENT) {
      values.putAll(account(args, answer));
    } else if (converged.differed()) {
      values.put("force", args.force());
      values.put("remove", args.remove());
    }
    if (converged.differed() && !converged.stderr().isBlank()) {
      values.put("stderr", converged.stderr());
      values.put("stderr_lines", Execution.lines(converged.stderr()));
    }
    Details details = Details.of(values);
    if (args.login().isNoHash()) {
      details = details.warn("`password` doesn't look like a hash; nobody can log in with it");
    }
    return Outcome.changedIf(converged.differed(), details);
  }

  private static Script variables(Args args) {
    Script look =
        new Script()
            .set("name", args.name())
            .set("wanted", args.wanted())
            .set("uid", args.uid().map(String::valueOf))
            .set("uid_min", args.uidMin().map(String::valueOf))
            .set("uid_max", args.uidMax().map(String::valueOf))
            .set("non_unique", args.nonUnique())
            .set("group", args.group())
            .set("set_groups", args.groups().isPresent())
            .set("groups", args.belongsTo())
            .set("append", args.append())
            .setPath("home", args.home())
            .set("create_home", args.createHome())
            .set("move_home", args.moveHome())
            .setPath("skeleton", args.skeleton())
            .set("umask", args.umask())
            .set("login_shell", args.shell())
            .set("set_comment", args.comment().isPresent())
            .set("comment", args.comment())
            .set("system", args.system())
            .set("seuser", args.seuser())
            .set("set_expires", args.expires().isPresent())
            .set("expires_date", args.end().map(LocalDate::toString))
            .set(
                "expires_day",
                args.end().map(day -> Long.toString(ChronoUnit.DAYS.between(LocalDate.EPOCH, day))))
            .set("local", args.local())
            .set("remove", args.remove())
            .set("force", args.force());
    return args.key().into(args.login().into(look));
  }

  private static Map<String, Object> account(Args args, Answer answer) {
    Map<String, Object> values = new LinkedHashMap<>();
    String[] entry = answer.text("entry").split(":", -1);
    if (entry.length < 7) {
      return values; // check mode, where it isn't there yet
    }
    values.put("uid", Long.parseLong(entry[2]));
    values.put("group", Long.parseLong(entry[3]));
    values.put("comment", entry[4]);
    values.put("home", entry[5]);
    values.put("shell", entry[6]);
    args.belongsTo().ifPresent(groups -> values.put("groups", groups));
    if (answer.find("was").isPresent()) {
      values.put("append", args.append());
      values.put("move_home", args.moveHome());
    } else {
      values.put("create_home", args.createHome());
      values.put("system", args.system());
    }
    args.login().password().ifPresent(_ -> values.put("password", "NOT_LOGGING_PASSWORD"));
    values.putAll(args.key().values(answer));
    return values;
  }
}
