package kk.standin.core;

import java.util.List;

/// One thing to do at the destination of a policy.
sealed interface Step {
  /// The repository here, whole.
  String repository();

  /// Brings an artifact there.
  ///
  /// @param tags to give it there; none for an artifact that has none
  record Copy(String repository, String digest, List<String> tags) implements Step {
    @Override
    public String what() {
      return tags.isEmpty() ? "@" + digest : ":[" + String.join(",", tags) + "]";
    }

    @Override
    public String operation() {
      return "copy";
    }
  }

  record Delete(String repository, String digest) implements Step {
    @Override
    public String what() {
      return "@" + digest;
    }

    @Override
    public String operation() {
      return "deletion";
    }
  }

  record Untag(String repository, String tag) implements Step {
    @Override
    public String what() {
      return ":[" + tag + "]";
    }

    @Override
    public String operation() {
      return "deletion";
    }
  }

  /// What of the repository, as tasks show it.
  String what();

  String operation();
}
