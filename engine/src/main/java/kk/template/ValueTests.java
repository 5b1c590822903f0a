package kk.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Tests about the value itself.
final class ValueTests {
  private ValueTests() {}

  static void addTo(Catalogue tests) {
    presence(tests);
    types(tests);
    comparisons(tests);
    numbers(tests);
    texts(tests);
    lists(tests);
    names(tests);
  }

  private static void presence(Catalogue tests) {
    tests
        .addTolerant(
            "defined", "", "it exists, be it null", (input, args) -> !(input instanceof Undefined))
        .addTolerant(
            "undefined", "", "it does not exist", (input, args) -> input instanceof Undefined)
        .add("none", "", "it is null", (input, args) -> input == null)
        .add("truthy", "convert_bool?", "it counts as true", (input, args) -> isTrue(input, args))
        .add("falsy", "convert_bool?", "it counts as false", (input, args) -> !isTrue(input, args));
  }

  private static boolean isTrue(@Nullable Object input, Arguments args) {
    if (args.flag("convert_bool", false) && input instanceof String text) {
      return Values.isTrue(args.evaluator().filter("bool", text, List.of(), Map.of()));
    }
    return Values.isTrue(input);
  }

  private static void types(Catalogue tests) {
    tests
        .add("string", "", "it is text", (input, args) -> input instanceof String)
        .add("number", "", "it is a number", (input, args) -> Numbers.isNumber(input))
        .add(
            "integer",
            "",
            "it is a whole number",
            (input, args) -> Numbers.isWhole(input) && !(input instanceof Boolean))
        .add("float", "", "it is a fraction", (input, args) -> input instanceof Double)
        .add("boolean", "", "it is true or false", (input, args) -> input instanceof Boolean)
        .add("true", "", "it is the value true", (input, args) -> Boolean.TRUE.equals(input))
        .add("false", "", "it is the value false", (input, args) -> Boolean.FALSE.equals(input))
        .add("mapping", "", "it is a map", (input, args) -> input instanceof Map<?, ?>)
        .add(
            "iterable sequence",
            "",
            "a loop can go through it",
            (input, args) -> Values.isIterable(input))
        .add("callable", "", "it is a function", (input, args) -> input instanceof Callable)
        .add(
            "escaped",
            "",
            "it is marked as safe HTML, which nothing ever is",
            (input, args) -> false);
  }

  private static void comparisons(Catalogue tests) {
    tests
        .add(
            "eq equalto ==",
            "other",
            "it equals another value",
            (input, args) -> Comparing.equal(input, args.value("other")))
        .add(
            "ne !=",
            "other",
            "it differs from another value",
            (input, args) -> !Comparing.equal(input, args.value("other")))
        .add(
            "lt lessthan <",
            "other",
            "it is less",
            (input, args) -> Comparing.order(input, args.value("other")) < 0)
        .add(
            "le <=",
            "other",
            "it is less or equal",
            (input, args) -> Comparing.order(input, args.value("other")) <= 0)
        .add(
            "gt greaterthan >",
            "other",
            "it is greater",
            (input, args) -> Comparing.order(input, args.value("other")) > 0)
        .add(
            "ge >=",
            "other",
            "it is greater or equal",
            (input, args) -> Comparing.order(input, args.value("other")) >= 0)
        .add(
            "in",
            "seq",
            "it is in a list, a map or a text",
            (input, args) -> Comparing.contains(args.value("seq"), input))
        .add(
            "sameas",
            "other",
            "it is the very same value",
            (input, args) -> same(input, args.value("other")));
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    boolean container = a instanceof List<?> || a instanceof Map<?, ?>;
    return container
        ? System.identityHashCode(a) == System.identityHashCode(b)
        : java.util.Objects.equals(a, b);
  }

  private static void numbers(Catalogue tests) {
    tests
        .add(
            "odd", "", "it is an odd number", (input, args) -> Comparing.equal(rest(input, 2L), 1L))
        .add(
            "even",
            "",
            "it is an even number",
            (input, args) -> Comparing.equal(rest(input, 2L), 0L))
        .add(
            "divisibleby",
            "num",
            "it can be divided without a rest",
            (input, args) -> Comparing.equal(rest(input, args.value("num")), 0L))
        .add(
            "nan isnan",
            "",
            "it is no number although its type is",
            (input, args) -> input instanceof Double number && Double.isNaN(number));
  }

  private static @Nullable Object rest(@Nullable Object input, @Nullable Object by) {
    if (!Numbers.isNumber(input)) {
      throw Refusal.because(
          "a number is needed, not a value of type `" + Values.typeName(input) + "`");
    }
    return Operators.apply(Node.Operator.REMAINDER, input, by);
  }

  private static void texts(Catalogue tests) {
    tests
        .add(
            "lower",
            "",
            "it has no capitals",
            (input, args) -> TextMethods.isLower(Printing.text(input)))
        .add(
            "upper",
            "",
            "it has no small letters",
            (input, args) -> TextMethods.isUpper(Printing.text(input)))
        .add(
            "match",
            "pattern ignorecase? multiline?",
            "a regular expression matches at its start",
            (input, args) -> matcher(input, args).lookingAt())
        .add(
            "search",
            "pattern ignorecase? multiline?",
            "a regular expression matches somewhere in it",
            (input, args) -> matcher(input, args).find())
        .add(
            "regex",
            "pattern ignorecase? multiline? match_type?",
            "a regular expression matches",
            (input, args) ->
                switch (args.oneOf("match_type", "search", "match", "fullmatch")) {
                  case "match" -> matcher(input, args).lookingAt();
                  case "fullmatch" -> matcher(input, args).matches();
                  default -> matcher(input, args).find();
                })
        .add(
            "version version_compare",
            "version operator? strict? version_type?",
            "it compares as a version number",
            (input, args) -> VersionOrder.holds(Printing.text(input), args))
        .add(
            "url",
            "schemes?",
            "it is an address with a host, or of a file",
            (input, args) -> UrlParts.isUrl(input, args.value("schemes")))
        .add(
            "uri",
            "schemes?",
            "it can be read as an address, of one of the schemes if any are given",
            (input, args) -> UrlParts.isUri(input, args.value("schemes")))
        .add(
            "urn",
            "",
            "it is a name such as `urn:isbn:…`",
            (input, args) -> UrlParts.isUri(input, List.of("urn")))
        .add(
            "vault_encrypted",
            "",
            "it is still encrypted, which nothing ever is here",
            (input, args) -> false);
  }

  private static Matcher matcher(@Nullable Object input, Arguments args) {
    PythonRegex regex =
        PythonRegex.compile(
            args.text("pattern"), args.flag("ignorecase", false), args.flag("multiline", false));
    return regex.matcher(Printing.text(input));
  }

  private static void lists(Catalogue tests) {
    tests
        .add(
            "contains",
            "value",
            "it has the value in it",
            (input, args) -> Comparing.contains(input, args.value("value")))
        .add(
            "subset issubset",
            "other",
            "all its items are in the other list",
            (input, args) -> within(Values.items(input), args.list("other")))
        .add(
            "superset issuperset",
            "other",
            "it has all items of the other list",
            (input, args) -> within(args.list("other"), Values.items(input)))
        .add(
            "all",
            "",
            "all its items count as true",
            (input, args) -> Values.items(input).stream().allMatch(Values::isTrue))
        .add(
            "any",
            "",
            "one of its items counts as true",
            (input, args) -> Values.items(input).stream().anyMatch(Values::isTrue));
  }

  private static boolean within(List<?> part, List<?> whole) {
    return part.stream().allMatch(item -> Comparing.indexOf(whole, item) >= 0);
  }

  private static void names(Catalogue tests) {
    tests
        .add(
            "filter",
            "",
            "there is a filter of that name",
            (input, args) -> known(input, args.evaluator().session().library().filters()))
        .add(
            "test",
            "",
            "there is a test of that name",
            (input, args) -> known(input, args.evaluator().session().library().tests()));
  }

  private static boolean known(@Nullable Object name, Catalogue catalogue) {
    Set<String> names = new TreeSet<>(catalogue.names());
    return name instanceof String text && names.contains(Catalogue.plain(text));
  }
}
