package kk.template;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A value of the template language itself that has attributes: `loop`, a namespace, a cycler.
interface Attributes {
  Set<String> attributeNames();

  /// The value of one of the names.
  @Nullable Object attribute(String name);
}
