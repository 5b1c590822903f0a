package kk.template;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `{% import %}` makes: the macros and variables of another template.
///
/// @param text what that template printed, which is how this prints
record ImportedTemplate(Map<String, @Nullable Object> names, String text) implements Attributes {
  @Override
  public Set<String> attributeNames() {
    return names.keySet();
  }

  @Override
  public @Nullable Object attribute(String name) {
    return names.get(name);
  }

  @Override
  public String toString() {
    return text;
  }
}
