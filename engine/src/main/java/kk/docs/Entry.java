package kk.docs;

import java.util.List;

/// One name of the language and what it means.
///
/// @param sentence what it is for, without a full stop
/// @param facts what else there is to know: for a module its arguments
public record Entry(Kind kind, String name, String sentence, List<Fact> facts) {

  public Entry {
    facts = List.copyOf(facts);
  }

  /// One thing to know about an entry.
  ///
  /// @param name what the fact is about; for a module the argument
  /// @param value the fact; for an argument what it takes
  /// @param need whether it has to be given, or what it is by default
  /// @param meaning a sentence on it
  public record Fact(String name, String value, String need, String meaning) {

    static Fact of(String name, String value) {
      return new Fact(name, value, "", "");
    }
  }

  /// An entry with named facts that are a value each.
  public static Entry of(Kind kind, String name, String sentence, Fact... facts) {
    return new Entry(kind, name, sentence, List.of(facts));
  }

  /// A fact with a name and a value.
  public static Fact fact(String name, String value) {
    return Fact.of(name, value);
  }
}
