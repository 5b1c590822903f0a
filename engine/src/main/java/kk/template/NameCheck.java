package kk.template;

import java.util.List;
import java.util.Set;
import kk.template.Node.Given;
import kk.template.Node.Literal;

/// Finds wrong names of filters and tests that are given as strings: `map('upper')`,
/// `selectattr('age', 'gt', 3)`.
record NameCheck(Library library, List<Flaw> flaws) {
  private static final Set<String> LOOKUPS = Set.of("lookup", "query", "q");
  private static final Set<String> TAKES_TEST = Set.of("select", "reject");
  private static final Set<String> TAKES_ATTRIBUTE_AND_TEST = Set.of("selectattr", "rejectattr");

  void filterArguments(String filter, Given given) {
    String name = Catalogue.plain(filter);
    if (name.equals("map")) {
      check(given, 0, "filter", library.filters());
    } else if (TAKES_TEST.contains(name)) {
      check(given, 0, "test", library.tests());
    } else if (TAKES_ATTRIBUTE_AND_TEST.contains(name)) {
      check(given, 1, "test", library.tests());
    }
  }

  void lookupName(Node callee, Given given) {
    if (callee instanceof Node.Name name && LOOKUPS.contains(name.name())) {
      check(given, 0, "lookup", library.lookups());
    }
  }

  private void check(Given given, int index, String what, Catalogue catalogue) {
    if (given.positional().size() > index
        && given.positional().get(index) instanceof Literal(int offset, int length, String name)
        && catalogue.find(name) == null) {
      flaws.add(Flaw.unknown(what, offset, length, name, catalogue.names()));
    }
  }
}
