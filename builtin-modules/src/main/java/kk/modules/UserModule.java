package kk.modules;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Content;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Secret;
import kk.spi.UnreachableException;

/// A user account. The password hash goes to the host on standard input only.
@Doc("makes, changes and removes user accounts")
public final class UserModule implements Module<UserModule.Args> {

  /// Whether the account has to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// When a password is set.
  public enum UpdatePassword {
    ALWAYS,
    ON_CREATE
  }

  /// What `user` takes.
  public record Args(
      @Doc("name of the account") @Alias("user") String name,
      @Doc("whether it has to be there") @Default("present") State state,
      @Doc("number of the user") Optional<Long> uid,
      @Doc("the account's own group") Optional<String> group,
      @Doc("further groups it belongs to") Optional<List<String>> groups,
      @Doc("keep it in groups that `groups` doesn't name") @Default("false") boolean append,
      @Doc("home directory") Optional<String> home,
      @Doc("login shell") Optional<String> shell,
      @Doc("full name or any other remark") @Alias("gecos") Optional<String> comment,
      @Doc("give a new account a number below those of people") @Default("false") boolean system,
      @Doc("make the home directory of a new account") @Default("true") @Alias("createhome")
          boolean createHome,
      @Doc("hash of the password, as in /etc/shadow") Optional<Secret> password,
      @Doc("when to set the password") @Default("always") UpdatePassword updatePassword,
      @Doc("with `state: absent`, remove the home directory too") @Default("false") boolean remove,
      @Doc("with `state: absent`, remove an account that is in use") @Default("false")
          boolean force,
      @Doc("allow a `uid` that another account has") @Default("false") boolean nonUnique) {

    public Args {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*\\$?")) {
        throw new IllegalArgumentException("`" + name + "` can't be the name of an account");
      }
      if (append && groups.isEmpty()) {
        throw new IllegalArgumentException("`append` needs `groups`");
      }
    }
  }

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
    String hash = args.password().map(Secret::reveal).orElse("");
    Script look =
        new Script()
            .set("name", args.name())
            .set("wanted", args.state().name().toLowerCase(Locale.ROOT))
            .set("uid", args.uid().map(String::valueOf))
            .set("group", args.group())
            .set("set_groups", args.groups().isPresent())
            .set("groups", String.join(" ", args.groups().orElse(List.of())).strip())
            .set("append", args.append())
            .set("home", args.home())
            .set("login_shell", args.shell())
            .set("set_comment", args.comment().isPresent())
            .set("comment", args.comment())
            .set("system", args.system())
            .set("create_home", args.createHome())
            .set("hash_sum", hash.isEmpty() ? "" : digest(hash))
            .set("keep_password", args.updatePassword() == UpdatePassword.ON_CREATE)
            .set("remove", args.remove())
            .set("force", args.force())
            .set("non_unique", args.nonUnique());
    String verb = args.state() == State.ABSENT ? "remove" : "set up";
    Converged converged =
        host.converge(
            new Convergence(
                    verb + " user " + args.name(),
                    look.add("user.look").text(),
                    new Script().add("user.change").text())
                .withInput(hash.isEmpty() ? "" : args.name() + ":" + hash + "\n"));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", args.name());
    values.put("state", args.state().name().toLowerCase(Locale.ROOT));
    String[] entry = answer.text("entry").split(":", -1);
    if (entry.length >= 7) {
      values.put("uid", Long.parseLong(entry[2]));
      values.put("group", Long.parseLong(entry[3]));
      values.put("comment", entry[4]);
      values.put("home", entry[5]);
      values.put("shell", entry[6]);
    }
    args.groups().ifPresent(groups -> values.put("groups", String.join(",", groups)));
    return Outcome.changedIf(converged.differed(), Details.of(values));
  }

  private static String digest(String text) {
    return FileSource.digest(Content.of(text.getBytes(StandardCharsets.UTF_8)), "SHA-256");
  }
}
