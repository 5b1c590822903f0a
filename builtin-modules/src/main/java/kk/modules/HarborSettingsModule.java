package kk.modules;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Settings of a running Harbor, as its page "Configuration" has them. Others stay as they are.
@Doc("changes settings of a running Harbor")
public final class HarborSettingsModule implements Module<HarborSettingsModule.Args> {

  /// What `harbor_settings` takes.
  public record Args(
      HarborLogin login,
      @Doc("settings by the names of Harbor's API, such as `read_only: true`")
          Map<String, Object> settings) {}

  @Override
  public String name() {
    return "harbor_settings";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HarborApi api = new HarborApi(host, args.login());
    Object now = api.read("/configurations");
    Map<String, Object> different = new TreeMap<>();
    args.settings()
        .forEach(
            (name, wanted) -> {
              Optional<Object> found = Json.at(now, name, "value");
              if (!found.map(String::valueOf).equals(Optional.of(String.valueOf(wanted)))) {
                different.put(name, wanted);
              }
            });
    if (different.isEmpty()) {
      return Outcome.unchanged();
    }
    api.send(
        "change " + String.join(", ", different.keySet()), "PUT", "/configurations", different);
    return Outcome.changedIf(true, Details.of("settings", different));
  }
}
