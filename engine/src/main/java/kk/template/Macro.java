package kk.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kk.template.Statement.Parameter;
import org.jspecify.annotations.Nullable;

/// What `{% macro %}` makes, and the `caller` of a `{% call %}`: text that each call renders anew
/// with its arguments.
///
/// @param tag where it stands
/// @param defined the names there
record Macro(Statement.Macro statement, Piece.Tag tag, Renderer renderer, Frame defined)
    implements Callable, Attributes {
  static final String CALLER = "caller";
  static final String MORE = "varargs";
  static final String MORE_NAMED = "kwargs";

  /// Names that a macro finds its remaining arguments under, if it uses them.
  static final Set<String> EXTRAS = Set.of(CALLER, MORE, MORE_NAMED);

  @Override
  public Object call(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    renderer.rendering().enter();
    try {
      return renderer.text(tag.body(), bound(positional, named));
    } finally {
      renderer.rendering().leave();
    }
  }

  private Frame bound(List<@Nullable Object> positional, Map<String, @Nullable Object> given) {
    Frame frame = new Frame(defined);
    Map<String, @Nullable Object> named = new LinkedHashMap<>(given);
    List<Parameter> parameters = statement.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      String name = parameter.name().name();
      boolean byName = named.containsKey(name);
      if (i < positional.size() && byName) {
        throw refusal("got two values for `" + name + "`");
      }
      frame.put(
          name,
          i < positional.size()
              ? positional.get(i)
              : byName ? named.remove(name) : otherwise(parameter, frame));
    }
    if (statement.takes().contains(CALLER)) {
      Object caller = named.remove(CALLER);
      Node at = new Node.Name(tag.offset(), tag.length(), CALLER);
      String nobody = "`caller` is undefined: this macro wasn't called by a `call`";
      frame.put(CALLER, caller == null ? renderer.undefined(at, nobody) : caller);
    }
    rest(positional, named, frame);
    return frame;
  }

  private @Nullable Object otherwise(Parameter parameter, Frame frame) {
    Node.Name name = parameter.name();
    return parameter.otherwise() == null
        ? renderer.undefined(name, "the argument `" + name.name() + "` was not given")
        : renderer.value(parameter.otherwise(), frame);
  }

  private void rest(
      List<@Nullable Object> positional, Map<String, @Nullable Object> named, Frame frame) {
    int most = statement.parameters().size();
    List<@Nullable Object> more =
        positional.subList(Math.min(most, positional.size()), positional.size());
    if (statement.takes().contains(MORE)) {
      frame.put(MORE, new Tuple(more.toArray()));
    } else if (!more.isEmpty()) {
      throw refusal("takes no more than " + most + (most == 1 ? " argument" : " arguments"));
    }
    if (statement.takes().contains(MORE_NAMED)) {
      frame.put(MORE_NAMED, named);
    } else if (!named.isEmpty()) {
      String name = named.keySet().iterator().next();
      throw refusal(
          name.equals(CALLER)
              ? "does nothing with its `caller`"
              : "has no argument `" + name + "`");
    }
  }

  private Refusal refusal(String what) {
    return Refusal.because("the macro `" + statement.name() + "` " + what);
  }

  @Override
  public Set<String> attributeNames() {
    return Set.of("name", "arguments", "catch_kwargs", "catch_varargs", CALLER);
  }

  @Override
  public @Nullable Object attribute(String name) {
    return switch (name) {
      case "name" -> statement.name();
      case "arguments" ->
          new Tuple(statement.parameters().stream().map(each -> each.name().name()).toArray());
      case "catch_kwargs" -> statement.takes().contains(MORE_NAMED);
      case "catch_varargs" -> statement.takes().contains(MORE);
      case CALLER -> statement.takes().contains(CALLER);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  public String toString() {
    return "<Macro '" + statement.name() + "'>";
  }
}
