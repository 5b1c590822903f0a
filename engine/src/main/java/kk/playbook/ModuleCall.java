package kk.playbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// A module's name with its arguments.
///
/// @param module short name, without `ansible.builtin.`
/// @param at where the name stands
/// @param arguments by name as written; the free form stands under the name of the component that
///     takes it
/// @param given a template that comes to a mapping with more arguments
public record ModuleCall(
    String module, Span at, Map<String, Argument> arguments, Optional<Template> given) {

  /// One argument.
  ///
  /// @param at where its name stands
  /// @param value native value with [Template]s in it, or [Expression]s that the module evaluates
  public record Argument(Span at, @Nullable Object value) {

    /// The value with expressions as texts, in which form the module takes them.
    public @Nullable Object unevaluated() {
      return text(value);
    }

    private static @Nullable Object text(@Nullable Object value) {
      return switch (value) {
        case Expression expression -> expression.text();
        case List<?> list -> list.stream().<@Nullable Object>map(Argument::text).toList();
        case null -> null;
        default -> value;
      };
    }
  }
}
