package kk.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `joiner(', ')` makes: nothing when first called, from then on the separator.
final class Joiner implements Callable {
  private final String separator;
  private boolean used;

  Joiner(String separator) {
    this.separator = separator;
  }

  @Override
  public Object call(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    String text = used ? separator : "";
    used = true;
    return text;
  }
}
