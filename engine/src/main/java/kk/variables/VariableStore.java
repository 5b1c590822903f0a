package kk.variables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import kk.inventory.Group;
import kk.inventory.Host;
import kk.inventory.Inventory;
import kk.spi.NewVariables;
import kk.template.Templates;

/// All variables of a run and their order of precedence, the one place that knows it. Ansible's
/// order, lowest first:
///
/// 1. defaults of roles
/// 2. group variables, `all` first, then from the outermost group inwards: those of the inventory,
///    then those in `group_vars` beside it, then those in `group_vars` beside the playbook
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
  /// Origin of what the engine itself defines.
  private static final String ENGINE = "the engine";

  private volatile Inventory inventory;
  private final Templates templates;
  private final List<Layer> given;
  private final Manners manners;
  private final Map<String, HostStore> stores = new ConcurrentHashMap<>();
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private volatile Map<String, Object> groups = Map.of();

  /// What the run has added to the inventory, to be added again when it is read anew.
  private final List<UnaryOperator<Inventory>> additions = new ArrayList<>();

  /// A store for one run.
  ///
  /// @param given layers from the command line, lowest first
  public VariableStore(Inventory inventory, Templates templates, List<Layer> given) {
    this(inventory, templates, given, Manners.STANDARD);
  }

  /// A store with manners of its own.
  public VariableStore(
      Inventory inventory, Templates templates, List<Layer> given, Manners manners) {
    this.inventory = inventory;
    this.manners = manners;
    this.templates = templates;
    this.given = List.copyOf(given);
    use(inventory);
  }

  private void use(Inventory changed) {
    Map<String, Object> names = new LinkedHashMap<>();
    for (String group : changed.groupNames()) {
      names.put(group, changed.hostsOf(group).stream().map(Host::name).toList());
    }
    inventory = changed;
    groups = names;
    places.clear();
  }

  /// Adds something to the inventory for the rest of the run.
  ///
  /// @param about name of the host that is added to
  /// @return whether that changed its variables, or which hosts there are and in which groups
  public synchronized boolean add(UnaryOperator<Inventory> addition, String about) {
    Map<String, Object> before = groups;
    Optional<Map<String, Object>> vars = inventory.find(about).map(Host::vars);
    additions.add(addition);
    use(addition.apply(inventory));
    return !before.equals(groups) || !vars.equals(inventory.find(about).map(Host::vars));
  }

  /// Takes an inventory that was read anew; what the run has added stays.
  public synchronized void refresh(Inventory fresh) {
    Inventory complete = fresh;
    for (UnaryOperator<Inventory> addition : additions) {
      complete = addition.apply(complete);
    }
    use(complete);
  }

  public Inventory inventory() {
    return inventory;
  }

  public HostStore of(Host host) {
    return stores.computeIfAbsent(
        host.name(), name -> new HostStore(name, manners.injectsFacts(), manners.factCache()));
  }

  /// Whether a variable is given on the command line, which outranks whatever a play says.
  public boolean isGiven(String name) {
    return given.stream().anyMatch(layer -> layer.values().containsKey(name));
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

    /// The same with more that the play says.
    public Context with(List<Layer> more) {
      List<Layer> all = new ArrayList<>(play);
      all.addAll(more);
      return new Context(roleDefaults, all, roleVars, task, parameters, magic, searchPath);
    }

    /// Only what the play says and what the engine defines.
    public Context ofThePlay() {
      return new Context(List.of(), play, List.of(), Map.of(), Map.of(), magic, searchPath);
    }
  }

  /// The variables of a host in a context.
  public HostVariables view(Host host, Context context) {
    HostStore store = of(host);
    Place place = places.computeIfAbsent(host.name(), name -> placeOf(host));
    List<Layer> layers = new ArrayList<>();
    layers.add(place.assumed());
    layers.addAll(context.roleDefaults());
    layers.addAll(place.layers());
    layers.add(store.facts());
    layers.addAll(context.play());
    layers.addAll(context.roleVars());
    layers.add(Layer.trusted("vars of the task", context.task()));
    layers.add(store.included());
    layers.add(store.set());
    layers.add(store.registered());
    layers.add(Layer.trusted("parameters", context.parameters()));
    layers.addAll(given);
    layers.add(place.magic());
    layers.add(
        Layer.data(ENGINE, Map.of("hostvars", MagicVariables.hostvars(this, ofOthers(context)))));
    layers.add(Layer.data(ENGINE, context.magic()));
    return new HostVariables(layers, templates, context.searchPath(), manners.mergesMappings());
  }

  /// What `hostvars` tells of a host.
  ///
  /// @param context where the host is that asks, as far as others may know
  HostVariables ofOther(Host host, Context context) {
    HostVariables variables = view(host, context);
    return manners.keepsPlaysOutOfHostvars() ? variables.leavingUndefined() : variables;
  }

  /// Keeps the templates that `hostvars` had to leave in variables which a host was just given.
  public void keepTemplates(Host host, NewVariables variables) {
    if (manners.keepsPlaysOutOfHostvars() && variables.level() != NewVariables.Level.INCLUDED) {
      of(host).keepTemplates(variables);
    }
  }

  /// What `hostvars` sees of a context: neither the task nor a host's parameters.
  private Context ofOthers(Context context) {
    boolean alone = manners.keepsPlaysOutOfHostvars();
    return new Context(
        alone ? List.of() : context.roleDefaults(),
        alone ? List.of() : context.play(),
        alone ? List.of() : context.roleVars(),
        Map.of(),
        Map.of(),
        Map.of(),
        context.searchPath());
  }

  /// Where a host is reached when no variable says so.
  private static Object address(Host host) {
    return host.vars().get("connector") instanceof Map<?, ?> connector
            && connector.get("host") instanceof String address
        ? address
        : host.name();
  }

  /// What the inventory tells of a host; costly to find out, and asked for at every task.
  ///
  /// @param assumed what counts least of all
  /// @param layers variables of its groups, and its own
  /// @param magic what the engine defines for it
  private record Place(Layer assumed, List<Layer> layers, Layer magic) {}

  private Place placeOf(Host host) {
    List<Layer> layers = new ArrayList<>();
    for (Inventory.GroupVars vars : inventory.groupVars(host)) {
      layers.add(Layer.trusted("group " + vars.group(), vars.values()));
    }
    layers.add(Layer.trusted("host " + host.name(), host.vars()));
    List<String> names = inventory.groupsOf(host).stream().skip(1).map(Group::name).toList();
    return new Place(
        Layer.data(Layer.ASSUMED, Map.of("ansible_host", address(host))),
        layers,
        Layer.data(ENGINE, MagicVariables.of(host, names.stream().sorted().toList(), groups)));
  }
}
