package kk.standin.core;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/// Rows by their number. Numbers are never given twice.
public final class Table<T> {
  public long last;
  public TreeMap<Long, T> rows = new TreeMap<>();

  /// Makes a row with the next number.
  T add(LongFunction<T> row) {
    T made = row.apply(++last);
    rows.put(last, made);
    return made;
  }

  Optional<T> find(long id) {
    return Optional.ofNullable(rows.get(id));
  }

  Optional<T> first(Predicate<T> wanted) {
    return all().stream().filter(wanted).findFirst();
  }

  Collection<T> all() {
    return rows.values();
  }
}
