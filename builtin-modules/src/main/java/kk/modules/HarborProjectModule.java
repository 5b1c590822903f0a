package kk.modules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Projects of a Harbor. What is in them stays as it is; nothing is removed.
@Doc("makes projects in a Harbor")
public final class HarborProjectModule implements Module<HarborProjectModule.Args> {

  /// What `harbor_project` takes.
  public record Args(
      HarborLogin login,
      @Doc("names of the projects") @Alias("names") List<String> name,
      @Doc("whether everybody may pull from them; without it, new ones are closed and others stay")
          @Alias("public")
          Optional<Boolean> open) {}

  @Override
  public String name() {
    return "harbor_project";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HarborApi api = new HarborApi(host, args.login());
    Map<String, Boolean> known = HarborContents.projects(api);
    boolean changed = false;
    for (String name : args.name()) {
      changed |= ensure(api, name, args.open(), known);
    }
    return Outcome.changedIf(changed, Details.of("projects", args.name()));
  }

  /// Brings a project to what it has to be.
  ///
  /// @param known the projects there are, and whether each is public
  /// @return whether it was different
  static boolean ensure(
      HarborApi api, String name, Optional<Boolean> open, Map<String, Boolean> known)
      throws UnreachableException, InterruptedException {
    Boolean found = known.get(name);
    boolean wanted = open.orElse(found != null && found);
    Map<String, Object> metadata = Map.of("public", Boolean.toString(wanted));
    if (found == null) {
      Map<String, Object> body =
          Map.of("project_name", name, "metadata", metadata, "storage_limit", -1);
      api.send("make the project " + name, "POST", "/projects", body);
      return true;
    }
    if (found == wanted) {
      return false;
    }
    String path = "/projects/" + HarborApi.segment(name);
    api.send("change the project " + name, "PUT", path, Map.of("metadata", metadata));
    return true;
  }
}
