package kk.standin.service;

import java.util.Map;

/// The environment of a container.
record Environment(Map<String, String> variables) {
  /// Fails when it is not set: the container was not started from what `prepare` made.
  String require(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }

  String find(String name, String usual) {
    return variables.getOrDefault(name, usual);
  }
}
