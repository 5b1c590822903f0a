package kk.run;

import java.util.List;

/// How far a host has come in a play: the index in each list of steps from the outside in. The
/// order of positions is the order in which the linear strategy works: whoever is behind goes
/// first, and steps that were included for some hosts come before anything that follows the
/// include.
record Position(List<Integer> path) implements Comparable<Position> {
  Position {
    path = List.copyOf(path);
  }

  @Override
  public int compareTo(Position other) {
    int common = Math.min(path.size(), other.path.size());
    for (int i = 0; i < common; i++) {
      int compared = Integer.compare(path.get(i), other.path.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return Integer.compare(other.path.size(), path.size());
  }
}
