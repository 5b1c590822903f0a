package kk.playbook;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A role as it lies on disk, read through.
///
/// @param name as it was asked for
/// @param folder where it lies
/// @param defaults lowest of all variables
/// @param vars variables that outrank those of the inventory
/// @param dependencies roles that run before it
/// @param steps what it does
/// @param handlers what its changes notify
public record Role(
    String name,
    Path folder,
    Map<String, Object> defaults,
    Map<String, Object> vars,
    List<Step.UseRole> dependencies,
    List<Step> steps,
    List<Step> handlers) {

  /// A role is one thing, however alike two may be.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
