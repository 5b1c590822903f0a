package kk.playbook;

/// Where a keyword may stand.
public enum Place {
  PLAY("a play"),
  ROLE("a role entry"),
  BLOCK("a block"),
  TASK("a task"),
  HANDLER("a handler"),
  INCLUDE("an include"),
  IMPORT("an import");

  private final String words;

  Place(String words) {
    this.words = words;
  }

  /// The place in words: `a task`.
  public String words() {
    return words;
  }
}
