package kk.template;

import java.util.Optional;

/// An operation can't do what it was asked for. Whoever called it knows where that is, and makes a
/// located problem of it.
final class Refusal extends RuntimeException {
  private final String id;
  private final transient Optional<String> note;

  private Refusal(String id, String message, Optional<String> note) {
    super(message, null, false, false);
    this.id = id;
    this.note = note;
  }

  /// The values don't allow it.
  static Refusal because(String message) {
    return new Refusal("template-failed", message, Optional.empty());
  }

  /// It was called with the wrong arguments.
  static Refusal arguments(String message, Signature signature) {
    return new Refusal("wrong-template-argument", message, Optional.of(signature.described()));
  }

  /// An argument has a value that it can't have.
  static Refusal argument(String message) {
    return new Refusal("wrong-template-argument", message, Optional.empty());
  }

  /// There is no filter, test or lookup of that name.
  static Refusal unknown(String what, String name) {
    return new Refusal(
        "unknown-" + what, "there is no " + what + " `" + name + "`", Optional.empty());
  }

  String id() {
    return id;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  Optional<String> note() {
    return note;
  }
}
