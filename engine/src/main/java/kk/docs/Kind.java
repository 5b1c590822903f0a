package kk.docs;

/// What sort of thing a name is.
public enum Kind {
  MODULE("module", "modules"),
  STEP("step", "steps"),
  KEYWORD("keyword", "keywords"),
  FILTER("filter", "filters"),
  TEST("test", "tests"),
  LOOKUP("lookup", "lookups"),
  FUNCTION("function", "functions"),
  STRING_METHOD("string method", "string methods"),
  LIST_METHOD("list method", "list methods"),
  MAP_METHOD("map method", "map methods"),
  TEMPLATE_TAG("template tag", "template tags"),
  SETTING("setting", "settings");

  private final String one;
  private final String many;

  Kind(String one, String many) {
    this.one = one;
    this.many = many;
  }

  /// One of them in words.
  public String one() {
    return one;
  }

  /// Several of them in words: what `kk doc` takes to list them.
  public String many() {
    return many;
  }
}
