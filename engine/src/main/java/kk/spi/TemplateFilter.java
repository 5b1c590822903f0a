package kk.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A filter that an extension adds to the template language. Found by `ServiceLoader`.
public interface TemplateFilter {
  /// The name behind the bar.
  String name();

  /// What the filter makes of a value.
  ///
  /// @param input what stands before the bar; native values only, never undefined
  /// @param arguments positional arguments
  /// @param named arguments given by name
  /// @throws IllegalArgumentException with a sentence for the user when it can't
  @Nullable Object apply(@Nullable Object input, List<Object> arguments, Map<String, Object> named);
}
