package kk.template;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Operations of one kind by name. `ansible.builtin.` before a name changes nothing.
final class Catalogue {
  private final Map<String, Operation> operations = new TreeMap<>();

  /// Adds an operation under one or several names, separated by spaces.
  Catalogue add(String names, String signature, String purpose, Operation.Body body) {
    return add(names, signature, purpose, false, body);
  }

  /// Adds one that can be asked about something undefined.
  Catalogue addTolerant(String names, String signature, String purpose, Operation.Body body) {
    return add(names, signature, purpose, true, body);
  }

  private Catalogue add(
      String names, String signature, String purpose, boolean tolerant, Operation.Body body) {
    Signature takes = Signature.of(signature);
    for (String name : Splitting.words(names)) {
      operations.put(name, new Operation(name, takes, purpose, tolerant, body));
    }
    return this;
  }

  @Nullable Operation find(String name) {
    return operations.get(plain(name));
  }

  Set<String> names() {
    return operations.keySet();
  }

  Collection<Operation> all() {
    return operations.values();
  }

  /// The name without the collection it comes from.
  static String plain(String name) {
    for (String prefix : new String[] {"ansible.builtin.", "ansible.legacy."}) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }
}
