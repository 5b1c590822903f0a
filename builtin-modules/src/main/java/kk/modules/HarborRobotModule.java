package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Secret;
import kk.spi.UnreachableException;

/// An account for programs, with a password of one's own choice: so it can be the same on several
/// Harbors. Harbor calls it `robot$NAME`.
@Doc("makes an account for programs in a Harbor")
public final class HarborRobotModule implements Module<HarborRobotModule.Args> {

  /// What `harbor_robot` takes.
  public record Args(
      HarborLogin login,
      @Doc("name of the account, without `robot$`") String name,
      @Doc("its password: 8 to 128 characters, small and capital letters and digits among them")
          Secret secret,
      @Doc("what it may do with repositories") @Default("pull") List<String> access,
      @Doc("the projects it may do it in; without them, all") Optional<List<String>> projects,
      @Doc("how many days it is good for; -1 for ever") @Default("-1") int days) {

    public Args {
      if (!secret.reveal().matches(HarborPasswordModule.RULE)) {
        throw new IllegalArgumentException(
            "`secret` has 8 to 128 characters, small and capital letters and digits among them");
      }
    }

    List<Object> permissions() {
      List<Map<String, String>> allowed =
          access.stream()
              .map(action -> Map.of("resource", "repository", "action", action))
              .toList();
      return projects.orElse(List.of("*")).stream()
          .<Object>map(
              project -> Map.of("kind", "project", "namespace", project, "access", allowed))
          .toList();
    }
  }

  @Override
  public String name() {
    return "harbor_robot";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HarborApi api = new HarborApi(host, args.login());
    Optional<Object> robot = find(api, args.name());
    boolean changed = false;
    if (robot.isEmpty()) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", args.name());
      body.put("description", "made by kk");
      body.put("level", "system");
      body.put("duration", args.days());
      body.put("permissions", args.permissions());
      api.send("make the account " + args.name(), "POST", "/robots", body);
      robot = find(api, args.name());
      changed = true;
    }
    // the password that a new account is given can't be chosen, but it can be changed
    if (robot.isPresent() && (changed || !opens(args, host, Json.text(robot.get(), "name")))) {
      api.send(
          "give the account " + args.name() + " its password",
          "PATCH",
          "/robots/" + Json.text(robot.get(), "id"),
          Map.of("secret", args.secret().reveal()));
      changed = true;
    }
    return Outcome.changedIf(changed, Details.of("robot", "robot$" + args.name()));
  }

  private static boolean opens(Args args, HostAccess host, String name)
      throws UnreachableException, InterruptedException {
    HarborLogin login =
        new HarborLogin(args.login().url(), name, args.secret(), args.login().caPath());
    return new HarborApi(host, login).opensRegistry();
  }

  private static Optional<Object> find(HarborApi api, String name)
      throws UnreachableException, InterruptedException {
    return api.list("/robots").stream()
        .filter(robot -> Json.text(robot, "name").endsWith("$" + name))
        .findFirst();
  }
}
