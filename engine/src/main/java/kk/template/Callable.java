package kk.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that can be called with parentheses: a function, a method of a value, a macro. Only
/// these are; no Java object is ever reached.
interface Callable {
  @Nullable Object call(List<@Nullable Object> positional, Map<String, @Nullable Object> named);
}
