package kk.variables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.template.EvaluationFailed;
import kk.template.Omit;
import kk.template.Scope;
import kk.template.Templates;
import kk.vault.Encrypted;
import org.jspecify.annotations.Nullable;

/// The variables of one host at one task: layers above each other, of which the highest that knows
/// a name wins. Nothing is rendered before somebody asks for it, so an unused template may refer to
/// what isn't there. Used by one thread at a time.
public final class HostVariables implements Scope {
  /// All variables as a mapping.
  private static final String VARS = "vars";

  private final List<Layer> layers;
  private final Templates templates;
  private final List<Path> searchPath;
  private final boolean merges;
  private final boolean leavesUndefined;
  private final Map<String, Object> rendered = new HashMap<>();
  private final Set<Template> left = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Template> rendering = Collections.newSetFromMap(new IdentityHashMap<>());

  /// Builds the view.
  ///
  /// @param layers lowest first
  /// @param searchPath where lookups and includes look for files
  /// @param merges whether mappings of all layers complete each other
  HostVariables(List<Layer> layers, Templates templates, List<Path> searchPath, boolean merges) {
    this(layers, templates, searchPath, merges, false);
  }

  private HostVariables(
      List<Layer> layers,
      Templates templates,
      List<Path> searchPath,
      boolean merges,
      boolean leavesUndefined) {
    this.merges = merges;
    this.leavesUndefined = leavesUndefined;
    this.layers = layers.stream().filter(layer -> !layer.values().isEmpty()).toList();
    this.templates = templates;
    this.searchPath = List.copyOf(searchPath);
  }

  /// What is known of variables without any host.
  ///
  /// @param layers lowest first
  public static HostVariables of(List<Layer> layers, Templates templates) {
    return new HostVariables(layers, templates, List.of(), false);
  }

  /// The same with a layer on top.
  public HostVariables with(Layer layer) {
    List<Layer> more = new ArrayList<>(layers);
    more.add(layer);
    return new HostVariables(more, templates, searchPath, merges, leavesUndefined);
  }

  /// The same, but a template that needs what isn't there is told as it is written.
  HostVariables leavingUndefined() {
    return new HostVariables(layers, templates, searchPath, merges, true);
  }

  @Override
  public boolean contains(String name) {
    if (name.equals(VARS)) {
      return true;
    }
    for (Layer layer : layers) {
      if (layer.values().containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Object get(String name) {
    if (name.equals(VARS) && layers.stream().noneMatch(l -> l.values().containsKey(VARS))) {
      return new MagicVariables.AllVariables(this);
    }
    if (rendered.containsKey(name)) {
      return rendered.get(name);
    }
    Object value = find(name);
    rendered.put(name, value);
    return value;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    layers.reversed().forEach(layer -> names.addAll(layer.values().keySet()));
    return names;
  }

  @Override
  public List<Path> searchPath() {
    return searchPath;
  }

  /// Which layer a name's value comes from, the highest first when a mapping is put together from
  /// several.
  public List<Layer> origins(String name) {
    return layers.reversed().stream().filter(layer -> layer.values().containsKey(name)).toList();
  }

  /// Whether somebody gives a name a value; what kk assumes by itself doesn't count.
  public boolean isGiven(String name) {
    for (Layer layer : layers) {
      if (layer.values().containsKey(name) && !layer.origin().equals(Layer.ASSUMED)) {
        return true;
      }
    }
    return false;
  }

  /// All layers in which there is something, the lowest first.
  public List<Layer> layers() {
    return layers;
  }

  /// A value with the templates in it rendered, now or when an entry is asked for.
  public @Nullable Object render(@Nullable Object raw) {
    return switch (raw) {
      case Template template -> renderTemplate(template);
      case Map<?, ?> map -> new LazyMap(map, this);
      case List<?> list -> new LazyList(list, this);
      case Encrypted encrypted -> open(encrypted);
      case null -> null;
      default -> raw;
    };
  }

  /// A value with everything in it rendered at once, as plain maps and lists. What comes to `omit`
  /// is left out. A part that holds a template which had to be left stays as it is, with that
  /// template's text for whoever reads it.
  public @Nullable Object resolve(@Nullable Object raw) {
    return plain(render(raw));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        for (Object key : map.keySet()) {
          Object entry = plain(map.get(key));
          if (entry != Omit.OMIT) {
            copy.put(key, entry);
          }
        }
        yield leavesTemplates(map) ? map : copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        for (Object item : list) {
          Object entry = plain(item);
          if (entry != Omit.OMIT) {
            copy.add(entry);
          }
        }
        yield leavesTemplates(list) ? list : copy;
      }
      case null -> null;
      default -> value;
    };
  }

  private static boolean leavesTemplates(Object value) {
    return value instanceof Lazy lazy && lazy.leavesTemplates();
  }

  /// Whether a template in a value was asked for and left as it is written.
  boolean hasLeft(@Nullable Object raw) {
    return !left.isEmpty()
        && switch (raw) {
          case Template template -> left.contains(template);
          case Map<?, ?> map -> map.values().stream().anyMatch(this::hasLeft);
          case List<?> list -> list.stream().anyMatch(this::hasLeft);
          case null -> false;
          default -> false;
        };
  }

  private @Nullable Object find(String name) {
    List<Object> overlays = new ArrayList<>(0);
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      if (!layer.values().containsKey(name)) {
        continue;
      }
      Object raw = layer.values().get(name);
      if (layer.kind() == Layer.Kind.DATA) {
        return overlays.isEmpty() ? raw : merged(overlays, raw);
      }
      if ((layer.kind() == Layer.Kind.MERGED || merges) && raw instanceof Map<?, ?>) {
        overlays.add(raw);
        continue;
      }
      return overlays.isEmpty() ? render(raw) : merged(overlays, raw);
    }
    return overlays.isEmpty() ? null : merged(overlays, Map.of());
  }

  /// Mappings put together, the first one winning.
  private @Nullable Object merged(List<Object> overlays, @Nullable Object lowest) {
    Object result = lowest instanceof Template template ? renderTemplate(template) : lowest;
    for (Object overlay : overlays.reversed()) {
      result = Completion.of(result, overlay);
    }
    return render(result);
  }

  private String open(Encrypted encrypted) {
    try {
      return templates.vault().open(encrypted);
    } catch (ProblemsFound found) {
      throw new EvaluationFailed(found.problems().getFirst());
    }
  }

  private @Nullable Object renderTemplate(Template template) {
    if (!rendering.add(template)) {
      throw new EvaluationFailed(
          Problem.of("recursive-variable", template.at(), "this template needs its own value")
              .note("the variables refer to each other in a circle"));
    }
    try {
      return templates.render(template, this);
    } catch (EvaluationFailed e) {
      if (leavesUndefined && e.problem().id().equals("undefined-variable")) {
        left.add(template);
        return template.text();
      }
      throw e;
    } finally {
      rendering.remove(template);
    }
  }
}
