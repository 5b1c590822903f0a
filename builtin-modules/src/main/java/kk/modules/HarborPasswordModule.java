package kk.modules;

import java.util.Map;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// The password of Harbor's administrator. `password` is the one before, and may be the new one
/// already.
@Doc("changes the password of Harbor's administrator")
public final class HarborPasswordModule implements Module<HarborPasswordModule.Args> {
  /// What Harbor asks of a password.
  static final String RULE = "(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9]).{8,128}";

  /// What `harbor_password` takes.
  public record Args(HarborLogin login, @Doc("the password from now on") Secret newPassword) {
    public Args {
      if (!newPassword.reveal().matches(RULE)) {
        throw new IllegalArgumentException(
            "`new_password` has 8 to 128 characters, small and capital letters and digits among"
                + " them");
      }
    }
  }

  @Override
  public String name() {
    return "harbor_password";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HarborApi api = new HarborApi(host, args.login());
    // the old one first: a wrong password locks the administrator for a moment
    if (!api.opensRegistry()) {
      if (new HarborApi(host, args.login().with(args.newPassword())).opensRegistry()) {
        return Outcome.unchanged();
      }
      throw new TaskFailed(args.login().url() + " takes neither the old password nor the new one");
    }
    if (args.login().password().reveal().equals(args.newPassword().reveal())) {
      return Outcome.unchanged();
    }
    api.send(
        "change the password of the administrator",
        "PUT",
        "/users/1/password",
        Map.of(
            "old_password", args.login().password().reveal(),
            "new_password", args.newPassword().reveal()));
    return Outcome.changed();
  }
}
