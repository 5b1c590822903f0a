package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// How a Harbor is: its health, its version, and whether the others get what it has. Changes
/// nothing.
@Doc("tells how a Harbor is, and how it gets on with others")
public final class HarborInfoModule implements Module<HarborInfoModule.Args> {

  /// What `harbor_info` takes.
  public record Args(HarborLogin login) {}

  @Override
  public String name() {
    return "harbor_info";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HarborApi api = new HarborApi(host, args.login());
    Object health = api.read("/health");
    Object system = api.read("/systeminfo");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("health", Json.text(health, "status"));
    values.put(
        "unhealthy",
        Json.list(health, "components").stream()
            .filter(component -> !Json.text(component, "status").equals("healthy"))
            .map(component -> Json.text(component, "name"))
            .toList());
    values.put("version", Json.text(system, "harbor_version").replaceFirst("-.*", ""));
    values.put("read_only", Json.text(system, "read_only").equals("true"));
    values.put("projects", HarborContents.projects(api));
    values.put("peers", peers(api));
    return new Outcome.Unchanged(Details.of(values));
  }

  private static List<Object> peers(HarborApi api)
      throws UnreachableException, InterruptedException {
    List<Object> peers = new ArrayList<>();
    for (Object rule : new HarborReplication(api).rules()) {
      Object peer = api.read("/registries/" + Json.text(rule, "dest_registry", "id"));
      List<?> last =
          Json.list(
              api.read(
                  "/replication/executions?policy_id="
                      + Json.text(rule, "id")
                      + "&sort=-start_time&page=1&page_size=1"));
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("name", Json.text(peer, "name"));
      values.put("url", Json.text(peer, "url"));
      values.put("status", Json.text(peer, "status"));
      values.put("enabled", Json.text(rule, "enabled").equals("true"));
      values.put("last", last.isEmpty() ? "" : Json.text(last.getFirst(), "status"));
      values.put("last_at", last.isEmpty() ? "" : Json.text(last.getFirst(), "start_time"));
      peers.add(values);
    }
    return peers;
  }
}
