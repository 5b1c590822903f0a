package kk.variables;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list whose items are rendered one by one when asked for.
final class LazyList extends AbstractList<Object> implements Lazy {
  private final List<?> raw;
  private final HostVariables variables;
  private final @Nullable Object[] rendered;
  private final boolean[] done;

  LazyList(List<?> raw, HostVariables variables) {
    this.raw = raw;
    this.variables = variables;
    this.rendered = new Object[raw.size()];
    this.done = new boolean[raw.size()];
  }

  @Override
  @SuppressWarnings("NullAway") // an item may be null
  public Object get(int index) {
    if (!done[index]) {
      rendered[index] = variables.render(raw.get(index));
      done[index] = true;
    }
    return rendered[index];
  }

  @Override
  public int size() {
    return raw.size();
  }

  @Override
  public Object written() {
    return raw;
  }

  @Override
  public HostVariables variables() {
    return variables;
  }
}
