package kk.variables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kk.inventory.Group;
import kk.inventory.Host;
import kk.inventory.Inventory;
import kk.template.Templates;

/// All variables of a run and their order of precedence, the one place that knows it. Ansible's
/// order, lowest first:
///
/// 1. defaults of roles
/// 2. group variables, `all` first, then from the outermost group inwards
/// 3. variables of the host
/// 4. facts
/// 5. `vars` of the play, then its `vars_files`
/// 6. vars of roles
/// 7. `vars` of blocks, then of the task
/// 8. `include_vars`
/// 9. `set_fact` and `register`
/// 10. parameters of roles and includes
/// 11. `--config`, then `--set`
/// 12. what the engine itself defines, such as `inventory_hostname`
public final class VariableStore {
  private final Inventory inventory;
  private final Templates templates;
  private final List<Layer> given;
  private final Map<String, HostStore> stores = new ConcurrentHashMap<>();
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final Map<String, Object> groups = new LinkedHashMap<>();

  /// A store for one run.
  ///
  /// @param given layers from the command line, lowest first
  public VariableStore(Inventory inventory, Templates templates, List<Layer> given) {
    this.inventory = inventory;
    this.templates = templates;
    this.given = List.copyOf(given);
    for (String group : inventory.groupNames()) {
      groups.put(group, inventory.hostsOf(group).stream().map(Host::name).toList());
    }
  }

  public Inventory inventory() {
    return inventory;
  }

  public HostStore of(Host host) {
    return stores.computeIfAbsent(host.name(), name -> new HostStore());
  }

  /// What a play, role, block and task add to the variables of a host.
  ///
  /// @param roleDefaults defaults of roles, those that count least first
  /// @param play `vars` and `vars_files` of the play
  /// @param roleVars vars of roles
  /// @param task `vars` of blocks and task together
  /// @param parameters of roles and includes
  /// @param magic what the engine defines
  /// @param searchPath where files are looked for
  public record Context(
      List<Layer> roleDefaults,
      List<Layer> play,
      List<Layer> roleVars,
      Map<String, Object> task,
      Map<String, Object> parameters,
      Map<String, Object> magic,
      List<Path> searchPath) {

    /// No play at all, as for `kk eval`.
    public static final Context NONE =
        new Context(List.of(), List.of(), List.of(), Map.of(), Map.of(), Map.of(), List.of());
  }

  /// The variables of a host in a context.
  public HostVariables view(Host host, Context context) {
    HostStore store = of(host);
    List<Layer> layers = new ArrayList<>(context.roleDefaults());
    Place place = places.computeIfAbsent(host.name(), name -> placeOf(host));
    layers.addAll(place.layers());
    layers.add(store.factLayer());
    layers.addAll(context.play());
    layers.addAll(context.roleVars());
    layers.add(Layer.trusted("vars of the task", context.task()));
    layers.add(store.includedLayer());
    layers.add(store.setLayer());
    layers.add(store.registeredLayer());
    layers.add(Layer.trusted("parameters", context.parameters()));
    layers.addAll(given);
    Map<String, Object> magic =
        new LinkedHashMap<>(MagicVariables.of(host, place.groups(), this, context, groups));
    magic.putAll(context.magic());
    layers.add(Layer.data("the engine", magic));
    return new HostVariables(layers, templates, context.searchPath());
  }

  /// Where a host stands in the inventory; costly to find out, and asked for at every task.
  private record Place(List<Layer> layers, List<String> groups) {}

  private Place placeOf(Host host) {
    List<Layer> layers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Group group : inventory.groupsOf(host)) {
      layers.add(Layer.trusted("group " + group.name(), group.vars()));
      names.add(group.name());
    }
    layers.add(Layer.trusted("host " + host.name(), host.vars()));
    names.remove(Inventory.ALL);
    return new Place(layers, names.stream().sorted().toList());
  }
}
