package kk.playbook;

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
  /// @param value native value with [Template]s in it
  public record Argument(Span at, @Nullable Object value) {}
}
