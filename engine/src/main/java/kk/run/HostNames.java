package kk.run;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Predicate;
import kk.inventory.Host;
import org.jspecify.annotations.Nullable;

/// The names of those hosts that somebody asks for, found when first asked: a variable that every
/// task has must not cost a walk over all hosts each time.
final class HostNames extends AbstractList<String> {
  private final List<Host> hosts;
  private final Predicate<Host> counts;
  private volatile @Nullable List<String> names;

  HostNames(List<Host> hosts, Predicate<Host> counts) {
    this.hosts = hosts;
    this.counts = counts;
  }

  @Override
  public String get(int index) {
    return names().get(index);
  }

  @Override
  public int size() {
    return names().size();
  }

  private List<String> names() {
    List<String> found = names;
    if (found == null) {
      found = hosts.stream().filter(counts).map(Host::name).toList();
      names = found;
    }
    return found;
  }
}
