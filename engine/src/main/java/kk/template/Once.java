package kk.template;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made when it is first asked for.
final class Once<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T value = made;
    if (value != null) {
      return value;
    }
    synchronized (this) {
      T again = made;
      if (again == null) {
        again = maker.get();
        made = again;
      }
      return again;
    }
  }
}
