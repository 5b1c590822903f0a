package kk.playbook;

import java.util.Optional;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// The list a task runs over.
///
/// @param at where `loop` or `with_…` stands
/// @param lookup the lookup that makes the items, for `with_…`; `items` flattens one level
/// @param items the list, or what the lookup is given
public record Loop(Span at, Optional<String> lookup, @Nullable Object items) {}
