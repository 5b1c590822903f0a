package kk.modules;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    Map<String, Object> body(String name) {
      List<Map<String, String>> allowed =
          access.stream()
              .map(action -> Map.of("resource", "repository", "action", action))
              .toList();
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", name);
      body.put("description", "made by kk");
      body.put("level", "system");
      body.put("duration", days);
      body.put(
          "permissions",
          projects.orElse(List.of("*")).stream()
              .map(project -> Map.of("kind", "project", "namespace", project, "access", allowed))
              .toList());
      return body;
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
    boolean isNew = robot.isEmpty();
    if (robot.isEmpty()) {
      api.send("make the account " + args.name(), "POST", "/robots", args.body(args.name()));
      robot = find(api, args.name());
      changed = true;
    } else if (!mayTheSame(robot.get(), args.body(args.name()))) {
      api.send(
          "change what the account " + args.name() + " may do",
          "PUT",
          path(robot.get()),
          args.body(Json.text(robot.get(), "name")));
      changed = true;
    }
    // the password that a new account is given can't be chosen, but it can be changed
    if (robot.isPresent() && (isNew || !opens(args, host, Json.text(robot.get(), "name")))) {
      api.send(
          "give the account " + args.name() + " its password",
          "PATCH",
          path(robot.get()),
          Map.of("secret", args.secret().reveal()));
      changed = true;
    }
    return Outcome.changedIf(changed, Details.of("robot", "robot$" + args.name()));
  }

  private static String path(Object robot) {
    return "/robots/" + Json.text(robot, "id");
  }

  private static boolean mayTheSame(Object robot, Map<String, Object> wanted) {
    return Json.text(robot, "duration").equals(Json.text(wanted, "duration"))
        && allowed(robot).equals(allowed(wanted));
  }

  private static Set<List<String>> allowed(Object robot) {
    Set<List<String>> allowed = new HashSet<>();
    for (Object permission : Json.list(robot, "permissions")) {
      for (Object access : Json.list(permission, "access")) {
        allowed.add(
            List.of(
                Json.text(permission, "namespace"),
                Json.text(access, "resource"),
                Json.text(access, "action")));
      }
    }
    return allowed;
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
