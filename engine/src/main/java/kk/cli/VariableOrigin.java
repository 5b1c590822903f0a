package kk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.playbook.Template;
import kk.source.PlacedMap;
import kk.source.Span;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.vault.Encrypted;
import org.jspecify.annotations.Nullable;

/// One place that gives a value to a variable, or to something inside one, such as `a.b[0]`.
///
/// @param layer which layer of variables it is
/// @param at where it is written; what the engine makes up is written nowhere
/// @param raw the value as it is written
record VariableOrigin(Layer layer, Optional<Span> at, @Nullable Object raw) {
  private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d{1,6})]");

  /// All places, the one that counts first. Where a layer hides what is below it without having the
  /// value itself, there is none.
  static List<VariableOrigin> of(HostVariables variables, String name) {
    List<Object> path = path(name);
    List<VariableOrigin> found = new ArrayList<>();
    for (Layer layer : variables.origins(String.valueOf(path.getFirst()))) {
      Optional<VariableOrigin> origin = in(layer, path);
      origin.ifPresent(found::add);
      if (found.isEmpty() && layer.kind() != Layer.Kind.MERGED) {
        break;
      }
    }
    return found;
  }

  /// Names of variables and keys, and positions in lists as numbers.
  private static List<Object> path(String name) {
    List<Object> path = new ArrayList<>();
    Matcher step = STEP.matcher(name);
    int end = 0;
    while (step.find() && step.start() == end) {
      path.add(step.group(1) == null ? (Object) Integer.valueOf(step.group(2)) : step.group(1));
      end = step.end();
    }
    return end == name.length() && !path.isEmpty() ? path : List.of(name);
  }

  private static Optional<VariableOrigin> in(Layer layer, List<Object> path) {
    Object value = layer.values();
    Optional<Span> at = Optional.empty();
    for (Object step : path) {
      if (value instanceof Template || value instanceof Encrypted) {
        break; // what is inside is known by nobody but the template
      }
      if (value instanceof Map<?, ?> map && map.containsKey(step)) {
        at = PlacedMap.place(map, step).or(() -> place(map.get(step))).or(keep(at));
        value = map.get(step);
      } else if (value instanceof List<?> list
          && step instanceof Integer index
          && index < list.size()) {
        at = place(list.get(index)).or(keep(at));
        value = list.get(index);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new VariableOrigin(layer, at, value));
  }

  private static Supplier<Optional<Span>> keep(Optional<Span> at) {
    return () -> at;
  }

  /// Where a value begins, as far as values remember it.
  private static Optional<Span> place(@Nullable Object raw) {
    return switch (raw) {
      case Template template -> Optional.of(template.at());
      case Encrypted encrypted -> Optional.of(encrypted.at());
      case Map<?, ?> map ->
          map.keySet().stream()
              .flatMap(key -> PlacedMap.place(map, key).or(() -> place(map.get(key))).stream())
              .findFirst();
      case List<?> list ->
          list.stream().map(VariableOrigin::place).flatMap(Optional::stream).findFirst();
      case null -> Optional.empty();
      default -> Optional.empty();
    };
  }

  /// The layer and the place, for whoever looks for it.
  String told() {
    return at.map(
            place ->
                place.source().name().startsWith("-")
                    ? place.source().name() + " " + place.source().text()
                    : layer.origin() + ", " + place.fileAndLine())
        .orElse(layer.origin());
  }
}
