package kk.template;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The last look at a value before it leaves the template language.
final class Results {
  private Results() {}

  /// The value, which must be defined, and so must the items of a list that a filter made.
  static @Nullable Object checked(@Nullable Object value) {
    Undefined.refuse(value);
    if (value != null && value.getClass() == ArrayList.class) {
      ((ArrayList<?>) value).forEach(Undefined::refuse);
    }
    return value;
  }
}
