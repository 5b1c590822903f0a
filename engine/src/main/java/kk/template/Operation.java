package kk.template;

import org.jspecify.annotations.Nullable;

/// A filter, a test, a lookup, a function or a method: what it is called, what it takes, what it
/// does.
///
/// @param purpose one sentence for the reference manual
/// @param takesUndefined whether it can be asked about something that is not defined
record Operation(
    String name, Signature signature, String purpose, boolean takesUndefined, Body body) {

  /// The work itself. The input is what stands before the bar, before `is`, or before the dot.
  interface Body {
    @Nullable Object apply(@Nullable Object input, Arguments arguments);
  }
}
